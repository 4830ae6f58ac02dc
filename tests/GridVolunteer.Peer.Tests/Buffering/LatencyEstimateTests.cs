using FsCheck.Xunit;
using GridVolunteer.Peer.Buffering;

namespace GridVolunteer.Peer.Tests.Buffering;

/// <summary>What to expect of the next answer.</summary>
public sealed class LatencyEstimateTests
{
    [Fact]
    public void BeforeAnyMeasurement_NothingIsExpected() => Assert.Equal(0, new LatencyEstimate().Seconds);

    [Fact]
    public void OfASteadyLink_ComesDownToItsDelay()
    {
        var estimate = new LatencyEstimate();
        for (var i = 0; i < 100; i++)
        {
            estimate.Note(0.2);
        }

        Assert.Equal(0.2, estimate.Seconds, precision: 3);
    }

    [Property]
    public void IsNeverLessThanTheSmallestDelaySeen(byte[] delays)
    {
        var estimate = new LatencyEstimate();
        foreach (var delay in delays)
        {
            estimate.Note(delay / 100.0);
        }

        Assert.True(delays.Length == 0 || estimate.Seconds >= (delays.Min() / 100.0) - 1e-9);
    }
}
