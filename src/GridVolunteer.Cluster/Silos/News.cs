using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cluster.Silos;

/// <summary>What one silo tells all others.</summary>
/// <param name="Events">What happened to its entities, in order.</param>
/// <param name="Jobs">Jobs that changed.</param>
/// <param name="Shards">Shards that may have work.</param>
internal sealed record News(
    IReadOnlyList<GridEvent> Events, IReadOnlyList<JobId> Jobs, IReadOnlyList<ShardId> Shards);
