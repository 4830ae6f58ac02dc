using System.Text.Json;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Validation;

/// <summary>
/// Compares results as JSON: the same structure (properties in any order), equal texts and literals, and
/// numbers that differ by no more than the absolute tolerance, or the relative one times the larger
/// magnitude. The coordinator must see the bytes: numeric agreement needs inline results, of at most 4 KiB.
/// </summary>
internal static class NumericAgreement
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>
    /// Why a result cannot be compared, or null; such a result counts as a failure of its volunteer.
    /// </summary>
    public static (UnitFailureKind Kind, string Message)? Refuse(PackedResult result)
    {
        if (result.IsBlob)
        {
            return (UnitFailureKind.ResultTooLarge, "Numeric agreement needs inline results of at most "
                + $"{PackedResultsWriter.InlineSizeBytesMax} bytes, and this result is a blob.");
        }

        try
        {
            using var document = JsonDocument.Parse(result.Bytes.ToArray(), Strict);
            ReadTexts(document.RootElement);
            return null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return (
                UnitFailureKind.Threw,
                $"Numeric agreement compares JSON, and this result is none: {fault.Message}");
        }
    }

    /// <summary>
    /// How far two results are apart: the largest difference of two numbers as a part of what the rule
    /// allows, so from 0 (equal) to 1; null when they do not agree.
    /// </summary>
    public static double? Distance(
        ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second, AgreementRule rule)
    {
        using var a = JsonDocument.Parse(first, Strict);
        using var b = JsonDocument.Parse(second, Strict);
        return Distance(a.RootElement, b.RootElement, rule);
    }

    // The parser takes texts that are no text (half a surrogate pair, bytes that are no UTF-8); reading them
    // throws. One such result that waits for its quorum would throw at everybody else's.
    private static void ReadTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    ReadTexts(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    ReadTexts(item);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }

    private static double? Distance(JsonElement a, JsonElement b, AgreementRule rule)
    {
        if (a.ValueKind != b.ValueKind)
        {
            return null;
        }

        return a.ValueKind switch
        {
            JsonValueKind.Object => OfObjects(a, b, rule),
            JsonValueKind.Array => OfArrays(a, b, rule),
            JsonValueKind.Number => OfNumbers(a, b, rule),
            JsonValueKind.String => a.ValueEquals(b.GetString()) ? 0 : null,
            _ => 0,
        };
    }

    private static double? OfObjects(JsonElement a, JsonElement b, AgreementRule rule)
    {
        if (a.GetPropertyCount() != b.GetPropertyCount())
        {
            return null;
        }

        double? largest = 0;
        foreach (var property in a.EnumerateObject())
        {
            largest = b.TryGetProperty(property.Name, out var other)
                ? Larger(largest, Distance(property.Value, other, rule))
                : null;
            if (largest is null)
            {
                return null;
            }
        }

        return largest;
    }

    private static double? OfArrays(JsonElement a, JsonElement b, AgreementRule rule)
    {
        if (a.GetArrayLength() != b.GetArrayLength())
        {
            return null;
        }

        double? largest = 0;
        using var others = b.EnumerateArray().GetEnumerator();
        foreach (var item in a.EnumerateArray())
        {
            others.MoveNext();
            largest = Larger(largest, Distance(item, others.Current, rule));
            if (largest is null)
            {
                return null;
            }
        }

        return largest;
    }

    private static double? OfNumbers(JsonElement a, JsonElement b, AgreementRule rule)
    {
        // Integers beyond 2^53 and numbers beyond a double are compared as they are written.
        if (string.Equals(a.GetRawText(), b.GetRawText(), StringComparison.Ordinal))
        {
            return 0;
        }

        var (x, y) = (a.GetDouble(), b.GetDouble());
        var difference = Math.Abs(x - y);
        var relative = rule.RelativeTolerance * Math.Max(Math.Abs(x), Math.Abs(y));
        var allowed = Math.Max(rule.AbsoluteTolerance, relative);
        return difference <= allowed && double.IsFinite(allowed)
            ? allowed > 0 ? difference / allowed : 0
            : null;
    }

    private static double? Larger(double? a, double? b) =>
        a is null || b is null ? null : Math.Max(a.Value, b.Value);
}
