using System.Globalization;

namespace GridVolunteer.Workloads.ProteinSearch.Alignment;

/// <summary>
/// How much a score means (S. Karlin, S. Altschul, 1990), with BLAST's constants for gapped BLOSUM62 at 11/1.
/// The search space is the query's length times the database's residues, without BLAST's correction for the
/// ends. Only IEEE multiplication and division, because <c>Math.Exp</c> differs between systems; six digits
/// are given.
/// </summary>
internal static class KarlinAltschul
{
    private const double Lambda = 0.267;
    private const double K = 0.041;
    private const double LogK = -3.1941832122778293;
    private const double Log2 = 0.6931471805599453;

    /// <summary>e to the power of minus lambda.</summary>
    private const double Decay = 0.7656730714653739;

    /// <summary>The score without its unit: (lambda S - ln K) / ln 2.</summary>
    public static double BitScore(int score) => SixDigits(((Lambda * score) - LogK) / Log2);

    /// <summary>
    /// Chance alignments of at least this score that are to be expected: K m n e^(-lambda S).
    /// </summary>
    public static double EValue(int score, long queryResidues, long databaseResidues) =>
        SixDigits(K * queryResidues * databaseResidues * Power(Decay, score));

    /// <summary>By repeated squaring; below the smallest number it is 0.</summary>
    private static double Power(double value, int exponent)
    {
        var power = 1.0;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
            {
                power *= value;
            }

            value *= value;
        }

        return power;
    }

    private static double SixDigits(double value) =>
        double.Parse(value.ToString("E5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
