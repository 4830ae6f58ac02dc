using FsCheck.Xunit;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.OptionPricing.Sampling;

namespace GridVolunteer.Workloads.Tests.OptionPricing.Sampling;

public sealed class SampleSumsTests
{
    private static readonly SampleUnits Units =
        new(SampledContracts.Named("Asian call"), GreekMethod.Pathwise);

    [Property(MaxTest = 100)]
    public void Sums_AfterTextAndBack_AreTheSame(long[] units, byte shift)
    {
        var sums = Filled(units, shift);
        var back = SampleSums.FromText(Units, sums.ToText());
        Assert.Equal(sums.ToText(), back.ToText());
        Assert.Equal(sums.Samples, back.Samples);
        Assert.Equal(sums.Mean(Quantity.Vega), back.Mean(Quantity.Vega));
    }

    [Property(MaxTest = 100)]
    public void Sums_AddedInAnyOrder_AreTheSame(long[] a, long[] b, long[] c)
    {
        var left = Filled(a, 3);
        left.Add(Filled(b, 90));
        left.Add(Filled(c, 0));
        var right = Filled(c, 0);
        right.Add(Filled(b, 90));
        right.Add(Filled(a, 3));
        Assert.Equal(left.ToText(), right.ToText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("1 2 3")]
    [InlineData("x 0 0 0 0 0 0 0 0 0 0 0")]
    [InlineData("-1 0 0 0 0 0 0 0 0 0 0 0")]
    [InlineData("1 0 0 0 0 0x0 0 0 0 0 0 0")]
    [InlineData("1 0 0 0 0 0 0 0 0 0 0 0 0")]
    public void Text_ThatIsNoSums_IsRefused(string text) =>
        Assert.Throws<WorkloadException>(() => SampleSums.FromText(Units, text));

    [Fact]
    public void Text_WithNumbersThatNoSumReaches_IsRefusedUnread() => Assert.Throws<WorkloadException>(
        () => SampleSums.FromText(Units, "1" + string.Concat(Enumerable.Repeat(" " + new string('9', 1_000_000), 11))));

    [Fact]
    public void Sums_OfOtherContracts_AreNotAdded()
    {
        var basket = new SampleUnits(SampledContracts.Named("Spread"), GreekMethod.Pathwise);
        Assert.Throws<ArgumentException>(() => new SampleSums(Units).Add(new SampleSums(basket)));
    }

    [Fact]
    public void Means_OfNoSamples_AreZero()
    {
        var sums = new SampleSums(Units);
        Assert.Equal(0, sums.Mean(Quantity.Payoff));
        Assert.Equal(0, sums.Covariance(Quantity.Payoff, Quantity.Control));
    }

    [Fact]
    public void Covariance_ThatIsNotKept_IsRefused() => Assert.Throws<ArgumentException>(
        () => new SampleSums(Units).Covariance(Quantity.Payoff, Quantity.Delta));

    [Fact]
    public void Moments_OfKnownSamples_AreTheirs()
    {
        // Payoffs 1, 2, 6 in units of 2^-40 of the scale.
        var unit = Math.ScaleB(1, Units.PayoffScale);
        var sums = new SampleSums(Units);
        foreach (var value in new[] { 1, 2, 6 })
        {
            sums.AddUnits(SumLayout.Payoff, (long)value << 40);
            sums.AddUnits(SumLayout.PayoffSquared, (long)value * value << 40);
        }

        sums.AddSamples(3);
        Assert.Equal(3 * unit, sums.Mean(Quantity.Payoff));
        Assert.Equal(7 * unit * unit, sums.Covariance(Quantity.Payoff, Quantity.Payoff));
    }

    private static SampleSums Filled(long[] units, byte shift)
    {
        var sums = new SampleSums(Units);
        sums.AddSamples(units.Length + 2);
        for (var i = 0; i < units.Length; i++)
        {
            sums.AddUnits(i % SumLayout.Count(1), new System.Numerics.BigInteger(units[i]) << shift);
        }

        return sums;
    }
}
