using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Json;

/// <summary>JSON form of <see cref="ShardId"/>: its string.</summary>
public sealed class ShardIdConverter : IdConverter<ShardId>;
