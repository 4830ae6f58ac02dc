using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Entities;

/// <summary>
/// To volunteers that hold grants of a shard: it was loaded, so their silence counts from now, or it is over,
/// so their next heartbeat must tell them that those grants are void.
/// </summary>
public sealed record HoldersNotice(ShardId Shard, IReadOnlyList<PeerId> Holders) : Notice;
