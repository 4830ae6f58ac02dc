using GridVolunteer.Groups.Tests.Simulation;
using GridVolunteer.Simulation.CommitReveal;
using Xunit.Abstractions;

namespace GridVolunteer.Groups.Tests.CommitReveal;

/// <summary>
/// No digest is seen before the CLOSE, and no copy ever counts, in whatever order things happen.
/// </summary>
public sealed class InterleavingTests(ITestOutputHelper print)
{
    public static TheoryData<string> Flaws => [.. new CommitRevealLayer().Flaws];

    [Theory]
    [InlineData(false, 3, false)]
    [InlineData(true, 2, false)]
    [InlineData(false, 1, true)]
    [InlineData(true, 1, true)]
    public void Round_InEveryOrder_ShowsNothingEarlyAndCountsNoCopy(
        bool adversaryCloses, int playsMax, bool timeouts)
    {
        var walked = new RoundExplorer(adversaryCloses, playsMax, timeouts).Walk();
        print.WriteLine($"{walked.States} states, {walked.Ends} ends");
        Assert.Null(walked.Fault);
        Assert.True(walked.Ends >= 10);
    }

    [Fact]
    public void Rounds_InOrdersDrawnAtRandom_ShowNothingEarlyAndCountNoCopy() =>
        SimulatedLayer.RunShare(new CommitRevealLayer(), runs: 2_000, print);

    [Theory]
    [MemberData(nameof(Flaws))]
    public void KnownMistake_IsCaught(string flaw) =>
        SimulatedLayer.Catch(new CommitRevealLayer(), flaw, 200, print);

    [Fact]
    public void Seed_ReplaysTheSameRun() => SimulatedLayer.Replay(new CommitRevealLayer());
}
