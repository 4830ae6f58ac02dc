namespace GridVolunteer.Workloads.ProteinSearch.Tracebacks;

/// <summary>
/// An alignment of a part of a query with a part of a target: where it lies, and its steps from start to end.
/// </summary>
/// <param name="QueryStart">The first residue of the query in it, from 0.</param>
/// <param name="TargetStart">The first residue of the target in it, from 0.</param>
/// <param name="Steps">What each column of it holds; the first and the last are pairs.</param>
internal sealed record LocalAlignment(int QueryStart, int TargetStart, IReadOnlyList<AlignmentStep> Steps);
