using GridVolunteer.Sdk.Numerics;

namespace GridVolunteer.Workloads.ProteinSearch.Statistics;

/// <summary>
/// How much a score means (S. Karlin, S. Altschul, 1990), with BLAST's constants for gapped BLOSUM62 at 11/1.
/// The search space is the query's length times the database's residues, without BLAST's correction for the
/// ends. Six digits are given.
/// </summary>
internal static class KarlinAltschul
{
    private const double Log2 = 0.6931471805599453;

    /// <summary>The score without its unit: (lambda S - ln K) / ln 2.</summary>
    public static double BitScore(int score)
    {
        var (lambda, k) = GumbelParameters.Published;
        return SixDigits.Round(((lambda * score) - PortableMath.Log(k)) / Log2);
    }

    /// <summary>
    /// Chance alignments of at least this score that are to be expected: K m n e^(-lambda S).
    /// </summary>
    public static double EValue(int score, long queryResidues, long databaseResidues)
    {
        var (lambda, k) = GumbelParameters.Published;
        return SixDigits.Round(k * queryResidues * databaseResidues * PortableMath.Exp(-lambda * score));
    }
}
