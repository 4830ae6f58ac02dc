using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace GridVolunteer.Coordinator.Api;

/// <summary>
/// Where the next page of failures begins: a shard by level and number, and how many of its failures were
/// listed.
/// </summary>
/// <param name="Level">The level.</param>
/// <param name="Number">The shard.</param>
/// <param name="Skip">Failures of it that were listed.</param>
public readonly record struct FailureCursor(int Level, int Number, int Skip)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Level}.{Number}.{Skip}");

    /// <summary>Reads what an earlier page named; the beginning when it is absent.</summary>
    /// <exception cref="BadHttpRequestException">It is malformed.</exception>
    public static FailureCursor Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return default;
        }

        var parts = text.Split('.');
        return parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var skip)
                ? new FailureCursor(level, number, skip)
                : throw new BadHttpRequestException(
                    $"'after' is what the last page named as next, not '{text}'.");
    }
}
