namespace GridVolunteer.Sdk.Numerics;

/// <summary>
/// Elementary functions that give the same bits on every machine, for results that volunteers compare exactly. What
/// <see cref="Math"/> has for them is left to the platform's library and may differ in the last bit; here everything is
/// IEEE addition, multiplication and division in one order, which is the same everywhere. All of them take any double.
/// </summary>
public static class PortableMath
{
    private const double Log2OfE = 1.4426950408889634;
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Sqrt2 = 1.4142135623730951;
    private const int ExponentBias = 1023;
    private const int FractionBits = 52;

    // Beyond these the result is greater than the greatest double, and closer to 0 than the smallest.
    private const double ExpArgumentMax = 709.782712893384;
    private const double ExpArgumentMin = -745.1332191019412;

    private const double TwoTo54 = 18014398509481984.0;

    /// <summary>
    /// e^<paramref name="x"/>, within 3 units in the last place; infinity from 709.79 on, 0 below -745.14, NaN for NaN.
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

        // e^x = 2^k e^r with |r| at most half of ln 2; thirteen terms of the series are exact to a double.
        var k = Math.Floor((x * Log2OfE) + 0.5);
        var r = (x - (k * Ln2High)) - (k * Ln2Low);
        var sum = 1.0;
        for (var n = 13; n >= 1; n--)
        {
            sum = 1 + (sum * r / n);
        }

        return Math.ScaleB(sum, (int)k);
    }

    /// <summary>1 - e^-<paramref name="x"/> for an x of 0 or more, without loss where x is small.</summary>
    public static double OneMinusExp(double x) =>
        x > 1e-3 ? 1 - Exp(-x) : x * (1 - (x / 2 * (1 - (x / 3 * (1 - (x / 4))))));

    /// <summary>
    /// The natural logarithm, within 3 units in the last place (of 1 where the result is smaller than that);
    /// -infinity at 0, NaN below.
    /// </summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        // Subnormal numbers are scaled into the normal ones first.
        var scale = 0;
        if (!double.IsNormal(x))
        {
            x *= TwoTo54;
            scale = 54;
        }

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

        k -= scale;
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
