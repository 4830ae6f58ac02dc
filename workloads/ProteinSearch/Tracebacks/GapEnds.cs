namespace GridVolunteer.Workloads.ProteinSearch.Tracebacks;

/// <summary>
/// What opening a gap in the target costs where a piece of an alignment begins and ends: nothing where the
/// gap goes on beyond the piece.
/// </summary>
internal readonly record struct GapEnds(int Start, int End);
