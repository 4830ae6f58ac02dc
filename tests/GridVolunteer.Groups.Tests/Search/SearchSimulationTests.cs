using GridVolunteer.Groups.Tests.Simulation;
using GridVolunteer.Simulation.Search;
using Xunit.Abstractions;

namespace GridVolunteer.Groups.Tests.Search;

/// <summary>
/// Searches on bad links, among dead peers: a fixed share of the runs that the simulator makes.
/// </summary>
public sealed class SearchSimulationTests(ITestOutputHelper print)
{
    private const int RunsInEveryBuild = 600;

    public static TheoryData<string> Flaws => [.. new SearchLayer().Flaws];

    [Fact]
    public void Searches_HandleEachQueryOnceAPeerAndFindWhatIsInReach() =>
        SimulatedLayer.RunShare(new SearchLayer(), RunsInEveryBuild, print);

    [Theory]
    [MemberData(nameof(Flaws))]
    public void KnownMistake_IsCaught(string flaw) =>
        SimulatedLayer.Catch(new SearchLayer(), flaw, 200, print);

    [Fact]
    public void Seed_ReplaysTheSameRun() => SimulatedLayer.Replay(new SearchLayer());

    /// <summary>200 peers in neighbourhoods with bridges: what the design rests on.</summary>
    [Fact]
    public void Flood_OfFiveLinks_ReachesNearlyAll()
    {
        var all = SearchFigures.Measure(timeToLive: 5, fleets: 20, deadShare: 0, varying: false);
        var some = SearchFigures.Measure(timeToLive: 5, fleets: 20, deadShare: 0.3, varying: false);
        print.WriteLine($"all alive {all}, 30 % dead {some}");
        Assert.InRange(all.OfLiving, 0.99, 1);
        Assert.InRange(some.OfReachable, 0.97, 1);
        Assert.InRange(all.MessagesPerPeer, 10, 13);
    }
}
