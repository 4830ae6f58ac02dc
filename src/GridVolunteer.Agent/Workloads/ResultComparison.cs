using System.Text.Json;
using GridVolunteer.Sdk;

namespace GridVolunteer.Agent.Workloads;

/// <summary>Compares two results of one unit the way the grid will.</summary>
internal static class ResultComparison
{
    private const int ContextBytes = 30;

    /// <summary>A sentence on the first difference that matters, or null.</summary>
    public static string? Difference(byte[] first, byte[] second, Agreement agreement)
    {
        if (first.AsSpan().SequenceEqual(second))
        {
            return null;
        }

        return agreement.IsNumeric ? NumericDifference(first, second, agreement) : ByteDifference(first, second);
    }

    private static string ByteDifference(byte[] first, byte[] second)
    {
        var at = first.AsSpan().CommonPrefixLength(second);
        return $"Two runs differ from byte {at} on: '{Around(first, at)}' and '{Around(second, at)}'. " +
            "Round in Canonical, take random numbers from unit.Random, or agree within a tolerance.";
    }

    private static string? NumericDifference(byte[] first, byte[] second, Agreement agreement)
    {
        try
        {
            return Compare(JsonElement.Parse(first), JsonElement.Parse(second), agreement, "$");
        }
        catch (JsonException)
        {
            return "Agreement within a tolerance needs results that are JSON. " + ByteDifference(first, second);
        }
    }

    private static string? Compare(JsonElement a, JsonElement b, Agreement agreement, string path)
    {
        if (a.ValueKind != b.ValueKind)
        {
            return $"Two runs differ in shape at {path}.";
        }

        switch (a.ValueKind)
        {
            case JsonValueKind.Number:
                var (x, y) = (a.GetDouble(), b.GetDouble());
                var difference = Math.Abs(x - y);
                return difference <= agreement.AbsoluteTolerance
                    || difference <= agreement.RelativeTolerance * Math.Max(Math.Abs(x), Math.Abs(y))
                    ? null
                    : $"Two runs differ by more than the tolerance at {path}: {x} and {y}.";
            case JsonValueKind.Array:
                return a.GetArrayLength() != b.GetArrayLength()
                    ? $"Two runs differ in the number of items at {path}."
                    : a.EnumerateArray().Zip(b.EnumerateArray())
                        .Select((pair, i) => Compare(pair.First, pair.Second, agreement, $"{path}[{i}]"))
                        .FirstOrDefault(d => d is not null);
            case JsonValueKind.Object:
                var names = a.EnumerateObject().Select(p => p.Name).ToArray();
                return !names.SequenceEqual(b.EnumerateObject().Select(p => p.Name))
                    ? $"Two runs differ in the properties at {path}."
                    : names.Select(name => Compare(a.GetProperty(name), b.GetProperty(name), agreement, $"{path}.{name}"))
                        .FirstOrDefault(d => d is not null);
            default:
                return JsonElement.DeepEquals(a, b) ? null : $"Two runs differ at {path}: {a.GetRawText()} and {b.GetRawText()}.";
        }
    }

    private static string Around(byte[] bytes, int at)
    {
        var start = Math.Max(0, at - ContextBytes);
        var text = bytes.AsSpan(start, Math.Min(bytes.Length - start, 2 * ContextBytes));
        return string.Concat(System.Text.Encoding.UTF8.GetString(text).Select(c => char.IsControl(c) ? '?' : c));
    }
}
