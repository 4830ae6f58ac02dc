using GridVolunteer.Sdk.Numerics;
using GridVolunteer.Sdk.Randomness;

namespace GridVolunteer.Sdk.Tests.Numerics;

public sealed class PortableMathTests
{
    private const int Samples = 100_000;

    [Fact]
    public void Log_IsAsGoodAsThePlatforms()
    {
        var random = new UnitRandom(1, 1);
        for (var i = 0; i < Samples; i++)
        {
            var x = random.NextDouble() * Math.Pow(2, random.NextInt32(-60, 60));
            var expected = Math.Log(x);
            var lastPlace = Math.Max(Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected), 1e-17);
            Assert.True(Math.Abs(PortableMath.Log(x) - expected) <= 3 * lastPlace, $"log {x:R}");
        }
    }

    [Fact]
    public void Exp_IsAsGoodAsThePlatforms()
    {
        var random = new UnitRandom(1, 2);
        for (var i = 0; i < Samples; i++)
        {
            var x = (random.NextDouble() * 1417) - 708;
            var expected = Math.Exp(x);
            var lastPlace = Math.BitIncrement(expected) - expected;
            Assert.True(Math.Abs(PortableMath.Exp(x) - expected) <= 3 * lastPlace, $"exp {x:R}");
        }
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

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(710)]
    [InlineData(-746)]
    [InlineData(0)]
    public void Exp_AtTheEnds_IsThatOfMath(double x) => Assert.Equal(Math.Exp(x), PortableMath.Exp(x));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(-0.0)]
    [InlineData(1)]
    public void Log_AtTheEnds_IsThatOfMath(double x) => Assert.Equal(Math.Log(x), PortableMath.Log(x));

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(1e-310)]
    [InlineData(2.2e-308)]
    public void SubnormalNumbers_AreTakenAndGiven(double x)
    {
        Assert.Equal(Math.Log(x), PortableMath.Log(x), 1e-12);
        Assert.InRange(PortableMath.Exp(Math.Log(x)) / x, 1 - 1e-12, 1 + 1e-12);
    }
}
