using GridVolunteer.Groups.Tests.Simulation;
using GridVolunteer.Simulation.Swarm;
using Xunit.Abstractions;

namespace GridVolunteer.Groups.Tests.Swarm;

/// <summary>
/// Swarms among liars, the silent, refusers and leavers: a fixed share of the simulator's runs.
/// </summary>
public sealed class SwarmSimulationTests(ITestOutputHelper print)
{
    private const int RunsInEveryBuild = 400;

    public static TheoryData<string> Flaws => [.. new SwarmLayer().Flaws];

    [Fact]
    public void Swarms_StoreNothingWrongBlameExactlyAndComplete() =>
        SimulatedLayer.RunShare(new SwarmLayer(), RunsInEveryBuild, print);

    [Theory]
    [MemberData(nameof(Flaws))]
    public void KnownMistake_IsCaught(string flaw) =>
        SimulatedLayer.Catch(new SwarmLayer(), flaw, 200, print);

    [Fact]
    public void Seed_ReplaysTheSameRun() => SimulatedLayer.Replay(new SwarmLayer());

    /// <summary>Partial holders share at once: the seed need not send everything to everybody.</summary>
    [Fact]
    public void Seed_OfASwarm_SendsLittleMoreThanOneCopy()
    {
        var shared = SwarmFigures.Measure(fetchers: 16, pieces: 128, seed: 1);
        print.WriteLine($"{shared}");
        Assert.InRange(shared.SeedCopies, 1, 3);
    }
}
