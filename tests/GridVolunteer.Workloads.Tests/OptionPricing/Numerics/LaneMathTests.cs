using GridVolunteer.Workloads.OptionPricing.Sampling;

namespace GridVolunteer.Workloads.Tests.OptionPricing.Numerics;

public sealed class LaneMathTests
{
    /// <summary>The platform's functions have errors of their own, up to one.</summary>
    private const double UlpsMax = 2;

    public static TheoryData<LaneWidth> Widths => LaneFunctions.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Exp2_IsWithinTwoUlpsOfThePlatforms(LaneWidth width)
    {
        var results = LaneFunctions.At(width).Exp2(Grids.Exponents);
        Assert.InRange(Ulps.Greatest(Grids.Exponents, results, t => Math.Pow(2, t)), 0, UlpsMax);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Log_IsWithinTwoUlpsOfThePlatforms(LaneWidth width)
    {
        var results = LaneFunctions.At(width).Log(Grids.Positives);
        Assert.InRange(Ulps.Greatest(Grids.Positives, results, Math.Log), 0, UlpsMax);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void SineAndCosine_AreWithinTwoUlpsOfThePlatforms(LaneWidth width)
    {
        var functions = LaneFunctions.At(width);
        var sines = functions.SineTurns(Grids.Turns);
        var cosines = functions.CosineTurns(Grids.Turns);
        Assert.InRange(Ulps.Greatest(Grids.Turns, sines, Sine), 0, UlpsMax);
        Assert.InRange(Ulps.Greatest(Grids.Turns, cosines, Cosine), 0, UlpsMax);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Exp2Bounded_BeyondTheDoubles_IsInfiniteOrZero(LaneWidth width)
    {
        double[] arguments =
            [1023, 1e300, double.PositiveInfinity, -1022, -1e300, double.NegativeInfinity, double.NaN, 0];
        double inf = double.PositiveInfinity;
        Assert.Equal([inf, inf, inf, 0, 0, 0, double.NaN, 1], LaneFunctions.At(width).Exp2Bounded(arguments));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Exp2Bounded_WithinTheDoubles_IsExp2(LaneWidth width)
    {
        var arguments = Grids.Exponents.Where(t => t is > -1022 and < 1023).ToArray();
        var functions = LaneFunctions.At(width);
        Assert.Equal(functions.Exp2(arguments), functions.Exp2Bounded(arguments));
    }

    // The platform's take whole and half turns exactly too, as multiples of pi.
    private static double Sine(double turns) => double.SinPi(2 * turns);

    private static double Cosine(double turns) => double.CosPi(2 * turns);
}
