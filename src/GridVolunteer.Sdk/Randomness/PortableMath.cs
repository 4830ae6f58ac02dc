namespace GridVolunteer.Sdk.Randomness;

/// <summary>
/// What <see cref="Math"/> leaves to the platform's library and may therefore differ in the last bit. Here
/// everything is IEEE addition, multiplication and division in one order, which is the same everywhere.
/// </summary>
internal static class PortableMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>
    /// The natural logarithm of a positive, normal number, within 2 units in the last place.
    /// </summary>
    public static double Log(double x)
    {
        // x = 2^k * f with f between sqrt(1/2) and sqrt(2); log f = 2 artanh((f - 1) / (f + 1)).
        var bits = BitConverter.DoubleToInt64Bits(x);
        var k = (int)(bits >> 52) - 1023;
        var f = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | (1023L << 52));
        if (f > 1.4142135623730951)
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
