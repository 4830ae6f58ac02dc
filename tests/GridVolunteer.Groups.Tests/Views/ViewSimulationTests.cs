using GridVolunteer.Groups.Tests.Simulation;
using GridVolunteer.Simulation.Groups;
using Xunit.Abstractions;

namespace GridVolunteer.Groups.Tests.Views;

/// <summary>Views and multicast in virtual time. More runs: `dotnet run --project tests/GridVolunteer.Simulation`.</summary>
public sealed class ViewSimulationTests(ITestOutputHelper output)
{
    private const int RunsInEveryBuild = 300;

    public static TheoryData<string> Flaws => [.. new ViewLayer().Flaws];

    [Fact]
    public void RandomFaults_BreakNothing() => SimulatedLayer.RunShare(new ViewLayer(), RunsInEveryBuild, output);

    [Theory]
    [MemberData(nameof(Flaws))]
    public void KnownMistake_IsCaught(string flaw) => SimulatedLayer.Catch(new ViewLayer(), flaw, 1_500, output);

    [Theory]
    [InlineData(2673, "one that waited for its state itself, and got none, handed its own to the next")]
    public void SeedThatFailedOnce_Holds(int seed, string what) =>
        SimulatedLayer.Hold(new ViewLayer(), seed, what, output);

    [Fact]
    public void Seed_ReplaysTheSameRun() => SimulatedLayer.Replay(new ViewLayer());
}
