using GridVolunteer.Coordination.Shards.Records;

namespace GridVolunteer.Coordination.Validation;

/// <summary>What one more result means for its unit under a quorum.</summary>
/// <param name="Fate">What it does.</param>
/// <param name="Group">The group that it joins, or whose result is canonical.</param>
/// <param name="Agreeing">When the unit waits on: how many results agree at most.</param>
internal readonly record struct Vote(ResultFate Fate, int Group, int Agreeing);
