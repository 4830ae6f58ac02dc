using System.Numerics;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>Turns ratios of whole numbers into the nearest double.</summary>
internal static class ExactRatio
{
    // Three bits more than a double keeps: two to round by, the last of them sticky.
    private const int QuotientBits = 56;

    /// <summary>
    /// numerator / denominator · 2^exponent, rounded once, to nearest and ties to even, where the result
    /// is a normal double.
    /// </summary>
    public static double ToDouble(BigInteger numerator, BigInteger denominator, int exponent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        if (numerator.IsZero)
        {
            return 0;
        }

        var magnitude = BigInteger.Abs(numerator);
        var shift = (int)(denominator.GetBitLength() - magnitude.GetBitLength()) + QuotientBits;
        var (dividend, divisor) = shift >= 0
            ? (magnitude << shift, denominator)
            : (magnitude, denominator << -shift);
        var quotient = BigInteger.DivRem(dividend, divisor, out var rest);

        // At most 57 bits, so the conversion rounds as the sticky bit says, never twice.
        var value = (double)((ulong)quotient | (rest.IsZero ? 0UL : 1UL));
        return Math.ScaleB(numerator.Sign < 0 ? -value : value, exponent - shift);
    }
}
