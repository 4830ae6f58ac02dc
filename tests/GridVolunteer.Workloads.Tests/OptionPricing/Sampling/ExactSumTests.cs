using System.Numerics;
using System.Runtime.Intrinsics;
using FsCheck.Xunit;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.OptionPricing.Numerics;
using GridVolunteer.Workloads.OptionPricing.Sampling;

namespace GridVolunteer.Workloads.Tests.OptionPricing.Sampling;

public sealed class ExactSumTests
{
    private static readonly SampleUnits Units = new(SampledContracts.Named("Spread"), GreekMethod.Pathwise);

    [Property(MaxTest = 200)]
    public void Rounding_IsToTheNearestWholeUnitAndTiesToEven(long mantissa, byte exponentPick, byte unitPick)
    {
        var (exponent, unit) = ((exponentPick / 2) - 100, (unitPick / 2) - 90);
        var value = Math.ScaleB(mantissa, exponent);
        Assert.Equal(Plain(value, unit), UnitRounding.Round(value, unit));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(1.5, 2)]
    [InlineData(2.5, 2)]
    [InlineData(-0.5, 0)]
    [InlineData(-1.5, -2)]
    [InlineData(0.49999999999999994, 0)]
    [InlineData(double.Epsilon, 0)]
    [InlineData(4503599627370497.0, 4503599627370497)]
    [InlineData(-9007199254740992.0, -9007199254740992)]
    public void Rounding_OfTiesAndEdges_IsAsTheStandardSays(double value, long units) =>
        Assert.Equal(units, UnitRounding.Round(value, 0));

    [Fact]
    public void Rounding_OfTheGreatestDouble_IsExact()
    {
        Assert.Equal(new BigInteger(double.MaxValue) << 40, UnitRounding.Round(double.MaxValue, -40));
        Assert.Throws<WorkloadException>(() => UnitRounding.Round(double.NaN, 0));
        Assert.Throws<WorkloadException>(() => UnitRounding.Round(double.NegativeInfinity, 0));
    }

    /// <summary>Of any size, so that some take the fast way, some the other, and some vectors both.</summary>
    [Property(MaxTest = 100)]
    public void Sums_AtAnyWidth_AreThoseOfEveryValueRoundedAlone(int seed, bool control)
    {
        var random = new Random(seed);
        var spread = random.Next(1, 40);
        var values = Enumerable.Range(0, 8 * 5).Select(_ => Enumerable.Range(0, 8)
            .Select(_ => Math.ScaleB((2 * random.NextDouble()) - 1, random.Next(-spread, spread)))
            .ToArray()).ToArray();
        var expected = PlainSums(values, control);
        Assert.Equal(expected, Sums<Lanes1, double, ulong>(values, control));
        Assert.Equal(expected, Sums<Lanes128, Vector128<double>, Vector128<ulong>>(values, control));
        Assert.Equal(expected, Sums<Lanes256, Vector256<double>, Vector256<ulong>>(values, control));
        Assert.Equal(expected, Sums<Lanes512, Vector512<double>, Vector512<ulong>>(values, control));
    }

    /// <summary>More vectors than are added between flushes, all as large as the fast way takes.</summary>
    [Fact]
    public void Sums_OfManyLargeValues_DoNotOverflowTheirLanes()
    {
        const int Count = 3 * SumAccumulator<Lanes1, double, ulong>.VectorsMax + 1;
        int Scale(int i) => i < 2 ? Units.PayoffScale : Units.Scale((i % 2) + Quantity.Delta, (i / 2) - 1);
        var large = Enumerable.Range(0, 8)
            .Select(i => (i < 2 ? 1 : -1) * Math.BitDecrement(Math.ScaleB(32, Scale(i))))
            .ToArray();
        var values = Enumerable.Repeat(large, Count).ToArray();
        Assert.Equal(PlainSums(values, true), Sums<Lanes1, double, ulong>(values, true));
    }

    [Property(MaxTest = 200)]
    public void Ratio_OfDoubles_IsTheirQuotient(long numerator, long denominator, sbyte exponent)
    {
        // Both are exact as doubles, so the processor's division is right.
        var (a, b) = (numerator >> 11, Math.Abs((denominator | 1) >> 11) + 1);
        Assert.Equal(Math.ScaleB((double)a / b, exponent), ExactRatio.ToDouble(a, b, exponent));
    }

    [Fact]
    public void Ratio_OfHugeNumbers_IsRoundedOnce()
    {
        // One unit above a tie, 200 bits further down.
        var tie = (BigInteger.One << 53) + 1;
        Assert.Equal(Math.ScaleB(1, 53), ExactRatio.ToDouble(tie << 200, BigInteger.One << 200, 0));
        Assert.Equal(
            Math.BitIncrement(Math.ScaleB(1, 53)),
            ExactRatio.ToDouble((tie << 200) + 1, BigInteger.One << 200, 0));
        Assert.Equal(-1.0 / 3, ExactRatio.ToDouble(-(BigInteger.One << 300), 3 * (BigInteger.One << 300), 0));
    }

    private static BigInteger Plain(double value, int unit)
    {
        // value = mantissa · 2^exponent as a fraction over 2^unit, and half added before the floor.
        var bits = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        var exponent = (int)(bits >> 52);
        var mantissa = exponent == 0 ? bits : (bits & ((1L << 52) - 1)) | (1L << 52);
        var shift = Math.Max(exponent, 1) - 1075 - unit;
        BigInteger doubled = new BigInteger(mantissa) << Math.Max(0, shift + 1);
        var half = BigInteger.One << Math.Max(0, -(shift + 1));
        var (whole, rest) = (BigInteger.DivRem(doubled + half, 2 * half, out var left), left);
        if (rest.IsZero && !whole.IsEven)
        {
            whole--;
        }

        return value < 0 ? -whole : whole;
    }

    private static BigInteger[] PlainSums(double[][] values, bool control)
    {
        var sums = new BigInteger[SumLayout.Count(Units.Assets)];
        void Add(int place, double value, int scale) =>
            sums[place] += Plain(value, scale - SampleUnits.Resolution);
        var payoff = Units.PayoffScale;
        foreach (var sample in values)
        {
            var (x, c) = (sample[0], control ? sample[1] : 0);
            Add(SumLayout.Payoff, x, payoff);
            Add(SumLayout.PayoffSquared, x * x, 2 * payoff);
            Add(SumLayout.Control, c, payoff);
            Add(SumLayout.ControlSquared, c * c, 2 * payoff);
            Add(SumLayout.PayoffControl, x * c, 2 * payoff);
            for (var asset = 0; asset < Units.Assets; asset++)
            {
                foreach (var quantity in new[] { Quantity.Delta, Quantity.Vega })
                {
                    var greek = sample[2 + (2 * asset) + (quantity == Quantity.Vega ? 1 : 0)];
                    var (place, scale) = (SumLayout.Of(quantity, asset), Units.Scale(quantity, asset));
                    Add(place, greek, scale);
                    Add(place + SumLayout.GreekSquared, greek * greek, 2 * scale);
                    Add(place + SumLayout.GreekControl, greek * c, scale + payoff);
                }
            }
        }

        return sums;
    }

    private static BigInteger[] Sums<TLanes, TReal, TBits>(double[][] values, bool control)
        where TLanes : struct, ILanes<TReal, TBits>
        where TReal : struct
        where TBits : struct
    {
        var accumulator = new SumAccumulator<TLanes, TReal, TBits>(Units, control);
        var buffer = new double[8 * TLanes.Count];
        foreach (var samples in values.Chunk(TLanes.Count))
        {
            for (var i = 0; i < buffer.Length; i++)
            {
                buffer[i] = samples[i % TLanes.Count][i / TLanes.Count];
            }

            accumulator.Add(in buffer[0]);
        }

        var sums = new SampleSums(Units);
        accumulator.MoveTo(sums);
        return [.. sums.ToText().Split(' ').Skip(1).Select(BigInteger.Parse)];
    }
}
