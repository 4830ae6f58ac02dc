using GridVolunteer.Workloads.ProteinSearch.Statistics;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

public sealed class KarlinAltschulTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(740)]
    [InlineData(2500)]
    public void Statistics_AreTheFormulas_ToSixDigits(int score)
    {
        var bits = ((0.267 * score) - Math.Log(0.041)) / Math.Log(2);
        Assert.Equal(bits, KarlinAltschul.BitScore(score), bits * 1e-5);
        var eValue = 0.041 * 147 * 1_000_000 * Math.Exp(-0.267 * score);
        Assert.Equal(eValue, KarlinAltschul.EValue(score, 147, 1_000_000), eValue * 1e-5);
    }

    [Fact]
    public void EValue_TooSmallForANumber_IsZero() =>
        Assert.Equal(0, KarlinAltschul.EValue(100_000, 30_000, 1_000_000));
}
