using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Protocol.Ids;

/// <summary>A job: one run of a workload. Written <c>j17</c>; the catalogue numbers jobs from 1.</summary>
/// <param name="Number">The job's number, at least 1.</param>
[JsonConverter(typeof(JobIdConverter))]
public readonly record struct JobId(long Number) : IParsable<JobId>
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"j{Number}");

    /// <inheritdoc/>
    public static JobId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id)
            ? id
            : throw new FormatException($"'{s}' is not a job id: write it like j17.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out JobId result)
    {
        result = default;
        if (s is not { Length: > 1 } || s[0] != 'j'
            || !long.TryParse(s.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number < 1)
        {
            return false;
        }

        result = new JobId(number);
        return true;
    }
}
