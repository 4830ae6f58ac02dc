namespace GridVolunteer.Workloads.ProteinSearch.Statistics;

/// <summary>The parameters of the distribution of chance scores.</summary>
/// <param name="Lambda">How fast probabilities fall with the score.</param>
/// <param name="K">How many places there are for chance to strike, per pair of residues.</param>
internal readonly record struct GumbelParameters(double Lambda, double K)
{
    /// <summary>Those that BLAST uses for gapped BLOSUM62 at 11/1.</summary>
    public static GumbelParameters Published => new(0.267, 0.041);
}
