using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cluster.Silos;

/// <summary>What one silo tells the brokers of all others; events come behind it, in a line of their own.</summary>
/// <param name="Jobs">Jobs that changed.</param>
/// <param name="Shards">Shards that may have work.</param>
internal sealed record News(IReadOnlyList<JobId> Jobs, IReadOnlyList<ShardId> Shards);
