using GridVolunteer.Sdk.Randomness;

namespace GridVolunteer.Sdk.Tests.Randomness;

public sealed class PortableMathTests
{
    [Fact]
    public void Log_IsAsGoodAsThePlatforms()
    {
        var random = new UnitRandom(1, 1);
        for (var i = 0; i < 100_000; i++)
        {
            var x = random.NextDouble() * Math.Pow(2, random.NextInt32(-60, 60));
            var expected = Math.Log(x);
            var lastPlace = Math.Max(Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected), 1e-17);
            Assert.True(Math.Abs(PortableMath.Log(x) - expected) <= 3 * lastPlace, $"log {x:R}");
        }
    }
}
