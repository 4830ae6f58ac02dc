using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Entities;

/// <summary>To the volunteers' registry, after a shard was loaded: who holds grants of it, so that their silence counts from now.</summary>
public sealed record HoldersNotice(ShardId Shard, IReadOnlyList<PeerId> Holders) : Notice;
