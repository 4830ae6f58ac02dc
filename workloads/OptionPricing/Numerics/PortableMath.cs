using Scalar = GridVolunteer.Workloads.OptionPricing.Numerics.LaneMath<
    GridVolunteer.Workloads.OptionPricing.Numerics.Lanes1, double, ulong>;

namespace GridVolunteer.Workloads.OptionPricing.Numerics;

/// <summary>
/// Elementary functions that give the same bits on every machine, for closed forms: results of these may be
/// compared exactly. The platform's may not. All of them take any double.
/// </summary>
internal static class PortableMath
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;
    private const double TwoTo54 = 18014398509481984.0;

    // Beyond these exp overflows and underflows to 0.
    private const double ExpArgumentMax = 709.782712893384;
    private const double ExpArgumentMin = -745.1332191019412;

    /// <summary>
    /// e^x, within 1.2 ulp; where the result is below 2.3e-308, within 1 step of the doubles.
    /// </summary>
    public static double Exp(double x)
    {
        if (!(x <= ExpArgumentMax))
        {
            return double.IsNaN(x) ? x : double.PositiveInfinity;
        }

        if (x < ExpArgumentMin)
        {
            return 0;
        }

        var n = Math.Round(x * Log2E);
        var rest = Math.FusedMultiplyAdd(-n, Ln2Low, Math.FusedMultiplyAdd(-n, Ln2High, x));
        return Math.ScaleB(Scalar.Exp2(rest * Log2E), (int)n);
    }

    /// <summary>The natural logarithm, within 1 ulp; -infinity at 0, NaN below.</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        // Subnormal numbers are scaled into the normal ones first; 54 log 2 loses nothing beside -700.
        if (double.IsNormal(x))
        {
            return Scalar.Log(x);
        }

        var scaled = Scalar.Log(x * TwoTo54);
        return Math.FusedMultiplyAdd(-54, Ln2High, Math.FusedMultiplyAdd(-54, Ln2Low, scaled));
    }
}
