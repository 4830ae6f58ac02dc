using GridVolunteer.Groups.Tests.Simulation;
using GridVolunteer.Simulation.Detection;
using Xunit.Abstractions;

namespace GridVolunteer.Groups.Tests.FailureDetection;

/// <summary>Detectors in virtual time. More runs: `dotnet run --project tests/GridVolunteer.Simulation`.</summary>
public sealed class DetectorSimulationTests(ITestOutputHelper output)
{
    private const int RunsInEveryBuild = 200;

    public static TheoryData<string> Flaws => [.. new DetectorLayer().Flaws];

    [Fact]
    public void RandomFaults_BreakNothing() =>
        SimulatedLayer.RunShare(new DetectorLayer(), RunsInEveryBuild, output);

    [Theory]
    [MemberData(nameof(Flaws))]
    public void KnownMistake_IsCaught(string flaw) => SimulatedLayer.Catch(new DetectorLayer(), flaw, 200, output);

    [Theory]
    [InlineData(13507, "one that held all others for dead said goodbye to nobody, though one of them was back")]
    public void SeedThatFailedOnce_Holds(int seed, string what) =>
        SimulatedLayer.Hold(new DetectorLayer(), seed, what, output);

    [Fact]
    public void Seed_ReplaysTheSameRun() => SimulatedLayer.Replay(new DetectorLayer());

    [Theory]
    [InlineData(8, 60, 4, 5)]
    [InlineData(64, 20, 6, 8)]
    public void Kill_IsKnownToAllInTime(int members, int runs, double medianMax, double p95Max)
    {
        var times = Enumerable.Range(1, runs).Select(seed => DetectorFigures.Kill(seed, members).TotalSeconds)
            .Order().ToArray();
        output.WriteLine($"{members} members: median {times[runs / 2]:F2} s, p95 {times[runs * 95 / 100]:F2} s");
        Assert.True(times[runs / 2] <= medianMax, $"The median is {times[runs / 2]:F2} s.");
        Assert.True(times[runs * 95 / 100] <= p95Max, $"The 95th percentile is {times[runs * 95 / 100]:F2} s.");
    }

    [Theory]
    [InlineData(8, 5)]
    [InlineData(64, 1)]
    public void QuarterOfLoss_KillsNobodyInTenMinutes(int members, int runs) =>
        Assert.All(
            Enumerable.Range(1, runs),
            seed => Assert.Empty(DetectorFigures.FalseDeaths(seed, members, 0.25, TimeSpan.FromMinutes(10))));

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    public void IdleMember_SendsLittle(int members) =>
        Assert.InRange(DetectorFigures.IdleBytesPerSecond(1, members), 1, 600);
}
