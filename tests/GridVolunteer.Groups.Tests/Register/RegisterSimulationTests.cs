using GridVolunteer.Groups.Tests.Simulation;
using GridVolunteer.Simulation.Register;
using Xunit.Abstractions;

namespace GridVolunteer.Groups.Tests.Register;

/// <summary>Registers in virtual time. More runs: `dotnet run --project tests/GridVolunteer.Simulation`.</summary>
public sealed class RegisterSimulationTests(ITestOutputHelper output)
{
    private const int RunsInEveryBuild = 120;

    public static TheoryData<string> Flaws => [.. new RegisterLayer().Flaws];

    [Fact]
    public void RandomFaults_BreakNothing() =>
        SimulatedLayer.RunShare(new RegisterLayer(), RunsInEveryBuild, output);

    [Theory]
    [MemberData(nameof(Flaws))]
    public void KnownMistake_IsCaught(string flaw) => SimulatedLayer.Catch(new RegisterLayer(), flaw, 100, output);

    [Theory]
    [InlineData(660, "one in a minority dissolved the group; the others had excluded it before they heard")]
    [InlineData(757, "the same, after two had stood still")]
    [InlineData(1153, "one that was to make a group was started anew, and made it twice")]
    [InlineData(2649, "one let in by members who had not heard of the end was told of it by members alone, in a hierarchical group")]
    [InlineData(3850, "a search for members to post to stood in the way of one for a group to join")]
    [InlineData(18683, "one was started anew while its former life waited to be let in, and did not come back")]
    [InlineData(9822, "those before the last member had left, without its knowing, and it waited for them to lead")]
    public void SeedThatFailedOnce_Holds(int seed, string what) =>
        SimulatedLayer.Hold(new RegisterLayer(), seed, what, output);

    [Fact]
    public void Seed_ReplaysTheSameRun() => SimulatedLayer.Replay(new RegisterLayer());
}
