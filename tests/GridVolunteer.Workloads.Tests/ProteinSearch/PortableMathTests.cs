using FsCheck.Xunit;
using GridVolunteer.Workloads.ProteinSearch.Statistics;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

public sealed class PortableMathTests
{
    [Property(MaxTest = 2000)]
    public void Exp_IsThatOfMath(int seed)
    {
        var x = (new Random(seed).NextDouble() * 1400) - 700;
        Assert.Equal(Math.Exp(x), PortableMath.Exp(x), Math.Exp(x) * 1e-14);
    }

    [Property(MaxTest = 2000)]
    public void Log_IsThatOfMath(int seed)
    {
        var x = Math.Exp((new Random(seed).NextDouble() * 1400) - 700);
        Assert.Equal(Math.Log(x), PortableMath.Log(x), Math.Max(1, Math.Abs(Math.Log(x))) * 1e-15);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e-12)]
    [InlineData(0.000999)]
    [InlineData(0.001001)]
    [InlineData(3)]
    [InlineData(1e6)]
    public void OneMinusExp_LosesNothing(double x)
    {
        var exact = x < 0.01 ? x - (x * x / 2) + (x * x * x / 6) - (x * x * x * x / 24) : 1 - Math.Exp(-x);
        Assert.Equal(exact, PortableMath.OneMinusExp(x), exact * 1e-12);
    }

    [Fact]
    public void Exp_BeyondItsRange_IsZeroOrTheLast()
    {
        Assert.Equal(0, PortableMath.Exp(-701));
        Assert.Equal(PortableMath.Exp(700), PortableMath.Exp(double.PositiveInfinity));
    }
}
