namespace GridVolunteer.Workloads.ProteinSearch.Statistics;

/// <summary>
/// Functions that <see cref="Math"/> leaves to the platform's library and may therefore differ in the last
/// bit. Here everything is IEEE addition, multiplication and division in one order, which is the same
/// everywhere.
/// </summary>
internal static class PortableMath
{
    private const double Log2OfE = 1.4426950408889634;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Sqrt2 = 1.4142135623730951;
    private const int ExponentBias = 1023;
    private const int FractionBits = 52;

    /// <summary>Beyond it e^-x is taken as 0; the smallest normal number is e^-708.</summary>
    private const double ExponentMax = 700;

    /// <summary>e to the power of a number from -700 to 700; 0 below, and what 700 gives above.</summary>
    public static double Exp(double x)
    {
        if (x < -ExponentMax)
        {
            return 0;
        }

        // e^x = 2^k e^r with |r| at most half of ln 2; thirteen terms of the series are exact to a double.
        x = Math.Min(x, ExponentMax);
        var k = Math.Floor((x * Log2OfE) + 0.5);
        var r = (x - (k * Ln2High)) - (k * Ln2Low);
        var sum = 1.0;
        for (var n = 13; n >= 1; n--)
        {
            sum = 1 + (sum * r / n);
        }

        return sum * BitConverter.Int64BitsToDouble((long)(k + ExponentBias) << FractionBits);
    }

    /// <summary>1 - e^-x for x of 0 or more, without loss where x is small.</summary>
    public static double OneMinusExp(double x) =>
        x > 1e-3 ? 1 - Exp(-x) : x * (1 - (x / 2 * (1 - (x / 3 * (1 - (x / 4))))));

    /// <summary>The natural logarithm of a positive, normal number.</summary>
    public static double Log(double x)
    {
        // x = 2^k f with f between sqrt(1/2) and sqrt(2); log f = 2 artanh((f - 1) / (f + 1)).
        var bits = BitConverter.DoubleToInt64Bits(x);
        var k = (int)(bits >> FractionBits) - ExponentBias;
        var f = BitConverter.Int64BitsToDouble(
            (bits & ((1L << FractionBits) - 1)) | ((long)ExponentBias << FractionBits));
        if (f > Sqrt2)
        {
            f /= 2;
            k++;
        }

        var s = (f - 1) / (f + 1);
        var square = s * s;
        var sum = 0.0;
        for (var n = 25; n >= 3; n -= 2)
        {
            sum = (sum + (1.0 / n)) * square;
        }

        return (k * Ln2High) + ((k * Ln2Low) + (2 * s * (1 + sum)));
    }
}
