using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Shards;

/// <summary>A batch handed out.</summary>
/// <param name="Grant">Its id.</param>
/// <param name="Runs">The units, by index in the level, increasing.</param>
/// <param name="Lease">How long until the deadline.</param>
/// <param name="Urgent">True when these are lost units or second copies.</param>
public sealed record ShardGrant(GrantId Grant, IReadOnlyList<UnitRun> Runs, TimeSpan Lease, bool Urgent);
