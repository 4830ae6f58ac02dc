using GridVolunteer.Coordination.Shards.Units;

namespace GridVolunteer.Coordination.Shards.Grants;

/// <summary>The last grant of a volunteer, kept so that a repeated request gets the same one.</summary>
/// <param name="RequestId">The client's request.</param>
/// <param name="Sequence">The grant.</param>
/// <param name="Runs">Its units.</param>
/// <param name="LeaseMs">Its time until the deadline, in milliseconds.</param>
/// <param name="Urgent">Whether it goes first.</param>
internal sealed record LastLease(string RequestId, long Sequence, LocalRun[] Runs, long LeaseMs, bool Urgent);
