namespace GridVolunteer.Workloads.ProteinSearch.Alignment;

/// <summary>What gaps cost, the BLAST way: opening one costs 11 and each of its residues 1.</summary>
internal static class GapCosts
{
    /// <summary>The first residue of a gap.</summary>
    public const int First = 12;

    /// <summary>Each further one.</summary>
    public const int Next = 1;
}
