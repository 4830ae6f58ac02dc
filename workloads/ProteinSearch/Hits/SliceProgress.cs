namespace GridVolunteer.Workloads.ProteinSearch.Hits;

/// <summary>A unit's checkpoint: what was found in its first sequences.</summary>
/// <param name="Done">Sequences of the slice that are searched.</param>
/// <param name="Hits">The best hits so far, one list for each query.</param>
public sealed record SliceProgress(int Done, IReadOnlyList<IReadOnlyList<Hit>> Hits);
