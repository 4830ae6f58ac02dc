namespace GridVolunteer.Workloads.ProteinSearch.Tracebacks;

/// <summary>A column of an alignment.</summary>
internal enum AlignmentStep : byte
{
    /// <summary>A residue of each.</summary>
    Pair,

    /// <summary>A residue of the query, and a gap in the target.</summary>
    QueryOnly,

    /// <summary>A residue of the target, and a gap in the query.</summary>
    TargetOnly,
}
