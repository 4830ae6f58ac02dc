using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Protocol.Ids;

/// <summary>
/// A grant: a batch of unit copies of one shard handed to one volunteer. Written <c>j17.0.3.42</c>.
/// </summary>
/// <param name="Shard">The shard that granted.</param>
/// <param name="Sequence">The shard's own numbering of its grants, from 1.</param>
[JsonConverter(typeof(GrantIdConverter))]
public readonly record struct GrantId(ShardId Shard, long Sequence) : IParsable<GrantId>
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Shard}.{Sequence}");

    /// <inheritdoc/>
    public static GrantId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id)
            ? id
            : throw new FormatException($"'{s}' is not a grant id: write it like j17.0.3.42.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out GrantId result)
    {
        result = default;
        var dot = s?.LastIndexOf('.') ?? -1;
        if (dot < 0 || !ShardId.TryParse(s![..dot], provider, out var shard)
            || !long.TryParse(
                s.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return false;
        }

        result = new GrantId(shard, sequence);
        return true;
    }
}
