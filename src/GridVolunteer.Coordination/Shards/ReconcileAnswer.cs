namespace GridVolunteer.Coordination.Shards;

/// <summary>What a shard says when a volunteer's grants are compared.</summary>
/// <param name="Void">Those called held that are void here: over, taken back, or never this
/// volunteer's.</param>
/// <param name="Others">Grants of the volunteer with copies outstanding, live or lost, that were in neither
/// list.</param>
public sealed record ReconcileAnswer(IReadOnlyList<long> Void, IReadOnlyList<long> Others);
