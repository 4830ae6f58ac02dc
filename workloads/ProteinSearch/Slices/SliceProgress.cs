namespace GridVolunteer.Workloads.ProteinSearch.Slices;

/// <summary>
/// A unit's checkpoint. Sequences are told by their place in the order in which they take the lanes.
/// </summary>
/// <param name="Next">The first sequence that the present query has not begun with.</param>
/// <param name="Unfinished">Sequences before it that have no score yet, in rising order.</param>
/// <param name="Queries">What was found: by queries that are done, and last by the present one.</param>
public sealed record SliceProgress(
    int Next, IReadOnlyList<int> Unfinished, IReadOnlyList<QueryProgress> Queries);
