using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Shards;

/// <summary>
/// A volunteer's reports on grants of one shard and, in the same turn, what it asks of that shard.
/// </summary>
/// <param name="Volunteer">Who.</param>
/// <param name="Reports">What became of earlier grants of this shard.</param>
/// <param name="Lease">What is asked, or null.</param>
public sealed record ShardExchange(PeerId Volunteer, IReadOnlyList<GrantReport> Reports, LeaseRequest? Lease);
