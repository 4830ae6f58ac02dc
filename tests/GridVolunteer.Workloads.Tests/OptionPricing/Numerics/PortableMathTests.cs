using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.Tests.OptionPricing.Numerics;

public sealed class PortableMathTests
{
    public static TheoryData<double, double> Probabilities => KnownProbabilities.All;

    [Fact]
    public void Exp_IsWithinTwoUlpsOfThePlatforms()
    {
        double[] arguments =
        [
            .. Grids.Even(-708, 709.7), .. Grids.Even(-1, 1), .. Grids.Scattered(-60, 9),
            .. Grids.Scattered(-60, 9).Select(x => -x), .. Grids.Even(-745.2, -708, 1001),
            0, -0.0, 1, -1, 709.782712893384, Math.BitIncrement(709.782712893384), -745.1332191019411,
            -745.1332191019412, Math.BitDecrement(-745.1332191019412), double.MaxValue, double.MinValue,
            double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.Epsilon,
        ];
        Assert.InRange(Ulps.Greatest(arguments, [.. arguments.Select(PortableMath.Exp)], Math.Exp), 0, 2);
    }

    [Fact]
    public void Log_IsWithinTwoUlpsOfThePlatforms()
    {
        double[] arguments =
        [
            .. Grids.Positives, .. Grids.Scattered(-1074, -1022), double.Epsilon, 0, -0.0, -1,
            double.PositiveInfinity, double.NegativeInfinity, double.NaN,
        ];
        Assert.InRange(Ulps.Greatest(arguments, [.. arguments.Select(PortableMath.Log)], Math.Log), 0, 2);
    }

    [Theory]
    [MemberData(nameof(Probabilities))]
    public void Cumulative_IsWithinFourUlps(double x, double probability) =>
        Assert.InRange(Ulps.Between(NormalDistribution.Cumulative(x), probability), 0, 4);

    [Fact]
    public void Cumulative_AtTheEdges_IsWhatItTendsTo()
    {
        Assert.Equal(0, NormalDistribution.Cumulative(double.NegativeInfinity));
        Assert.Equal(0, NormalDistribution.Cumulative(-1e200));
        Assert.Equal(1, NormalDistribution.Cumulative(double.PositiveInfinity));
        Assert.Equal(double.NaN, NormalDistribution.Cumulative(double.NaN));
        Assert.InRange(NormalDistribution.Cumulative(-38.4), double.Epsilon, 1e-320);
    }

    [Fact]
    public void Cumulative_NeverFalls()
    {
        var values = Grids.Even(-40, 40, 200_001).Select(NormalDistribution.Cumulative).ToArray();
        Assert.All(values.Zip(values.Skip(1)), pair => Assert.True(pair.First <= pair.Second * (1 + 1e-15)));
    }

    [Fact]
    public void Density_IsTheExponentialOfHalfTheSquare()
    {
        Assert.Equal(0.3989422804014327, NormalDistribution.Density(0));
        Assert.Equal(0.24197072451914337, NormalDistribution.Density(-1), 1e-16);
        Assert.Equal(0, NormalDistribution.Density(double.PositiveInfinity));
    }
}
