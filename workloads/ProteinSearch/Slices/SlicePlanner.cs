namespace GridVolunteer.Workloads.ProteinSearch.Slices;

/// <summary>
/// Cuts the database into slices of about equal residues, since the time of a search grows with residues, not
/// with sequences. Slices take seconds; small jobs are cut finer, so that every volunteer gets a share, even
/// though slices of fewer sequences than the kernel has lanes (16 to 64) leave some of it idle.
/// </summary>
internal static class SlicePlanner
{
    /// <summary>
    /// Cells of the alignment matrix a second, one thread of an ordinary machine: a few years old, with AVX2.
    /// </summary>
    public const double CellsPerSecond = 20e9;

    private const double UnitSeconds = 5;
    private const int UnitsOfSmallJobs = 80;

    /// <summary>Sequences that fill the widest vectors.</summary>
    private const int LanesMax = 64;

    /// <summary>Residues one slice should have.</summary>
    public static long ChooseResidues(long queryResidues, ProteinDatabase database)
    {
        // So many queries that a slice of seconds would be less than a row of lanes: rather longer units than
        // idle lanes.
        var byLanes = (double)database.Residues / database.Sequences.Count * LanesMax;
        var byTime = Math.Max(byLanes, UnitSeconds * CellsPerSecond / queryResidues);
        return (long)Math.Max(1, Math.Min(byTime, database.Residues / UnitsOfSmallJobs));
    }

    /// <summary>
    /// The slices, in database order. One ends with the sequence that crosses a multiple of <paramref
    /// name="sliceResidues"/> counted from the database's start, so that rounding never adds up.
    /// </summary>
    public static List<DatabaseSlice> Cut(ProteinDatabase database, long sliceResidues)
    {
        var slices = new List<DatabaseSlice>();
        var first = 0;
        var residues = 0L;
        var border = sliceResidues;
        for (var i = 0; i < database.Sequences.Count; i++)
        {
            residues += database.Sequences[i].Residues.Length;
            if (residues >= border || i == database.Sequences.Count - 1)
            {
                slices.Add(new DatabaseSlice(first, i + 1 - first));
                first = i + 1;
                border = ((residues / sliceResidues) + 1) * sliceResidues;
            }
        }

        return slices;
    }
}
