using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Entities;

/// <summary>To a shard: its job was cancelled or failed; grant nothing more, void what is out.</summary>
public sealed record EndShardNotice(ShardId Shard) : Notice;
