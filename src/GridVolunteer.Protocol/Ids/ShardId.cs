using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Protocol.Ids;

/// <summary>
/// A work shard: 64 Ki consecutive units of one level of a job. Written <c>j17.0.3</c> (job, level, number).
/// Level 0 holds the work units, level k the merge units over level k - 1.
/// </summary>
[JsonConverter(typeof(ShardIdConverter))]
public readonly record struct ShardId(JobId Job, int Level, int Number) : IParsable<ShardId>
{
    /// <summary>The index of the shard's first unit within its level.</summary>
    public long FirstUnit => (long)Number * WorkGeometry.UnitsPerShard;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Job}.{Level}.{Number}");

    /// <inheritdoc/>
    public static ShardId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id)
            ? id
            : throw new FormatException($"'{s}' is not a shard id: write it like j17.0.3.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ShardId result)
    {
        result = default;
        var parts = s?.Split('.');
        if (parts is not { Length: 3 } || !JobId.TryParse(parts[0], provider, out var job)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        result = new ShardId(job, level, number);
        return true;
    }
}
