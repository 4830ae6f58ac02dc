namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>
/// How fast one query is compared with the database, in billions of cells of the alignment matrix a second.
/// </summary>
public sealed record ProteinFigures
{
    /// <summary>The query's residues.</summary>
    public required int QueryLength { get; init; }

    /// <summary>The query.</summary>
    public required string Query { get; init; }

    /// <summary>Of ProteinSearch, as volunteers run it: at the widest vectors.</summary>
    public required double Gcups { get; init; }

    /// <summary>The same at each width of vectors, in bits, that this machine computes with.</summary>
    public required IReadOnlyDictionary<int, double> GcupsByVectorBits { get; init; }

    /// <summary>Of parasail's <c>sw_striped_profile_avx2_256_sat</c>; null without parasail.</summary>
    public required double? ParasailGcups { get; init; }

    /// <summary>The first divided by the second.</summary>
    public double? Ratio => Figure.Ratio(Gcups, ParasailGcups);

    /// <summary>Of other functions of parasail, by what follows <c>sw_</c> without <c>profile_</c>.</summary>
    public required IReadOnlyDictionary<string, double> ParasailOthers { get; init; }
}
