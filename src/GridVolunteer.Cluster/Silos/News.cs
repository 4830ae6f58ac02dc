using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cluster.Silos;

/// <summary>What one silo tells all others.</summary>
/// <param name="Silo">Who tells, so that it does not listen to itself.</param>
/// <param name="Events">What happened to its entities, in order.</param>
/// <param name="Jobs">Jobs that changed.</param>
/// <param name="Shards">Shards that may have work.</param>
internal sealed record News(
    string Silo, IReadOnlyList<GridEvent> Events, IReadOnlyList<JobId> Jobs, IReadOnlyList<ShardId> Shards);
