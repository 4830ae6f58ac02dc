using System.Numerics;
using GridVolunteer.Sdk;

namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>Rounds any finite double to whole units of a power of two, however many.</summary>
internal static class UnitRounding
{
    private const int FractionBits = 52;
    private const int ExponentBias = 1075;
    private const double ExactMax = 1L << FractionBits;

    /// <summary>value / 2^unit, to nearest, ties to even.</summary>
    /// <exception cref="WorkloadException">The value is no finite number.</exception>
    public static BigInteger Round(double value, int unit)
    {
        if (!double.IsFinite(value))
        {
            throw new WorkloadException(
                $"A sample is {value}, no finite number: the contract's volatilities, rates or times take "
                + "prices out of the range of double precision.");
        }

        // Scaling by a power of 2 is exact but far below 1, which rounds to 0 in any case.
        var scaled = Math.ScaleB(value, -unit);
        if (Math.Abs(scaled) < ExactMax)
        {
            return new BigInteger((long)Math.Round(scaled, MidpointRounding.ToEven));
        }

        // From 2^52 on doubles are whole numbers: a mantissa, shifted up.
        var bits = BitConverter.DoubleToInt64Bits(value);
        var mantissa = (bits & ((1L << FractionBits) - 1)) | (1L << FractionBits);
        var exponent = (int)((bits >> FractionBits) & 0x7FF) - ExponentBias;
        return new BigInteger(value < 0 ? -mantissa : mantissa) << (exponent - unit);
    }
}
