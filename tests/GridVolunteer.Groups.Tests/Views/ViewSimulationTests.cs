using GridVolunteer.Groups.Tests.Simulation;
using GridVolunteer.Simulation.Groups;
using Xunit.Abstractions;

namespace GridVolunteer.Groups.Tests.Views;

/// <summary>Views and multicast in virtual time. More runs: `dotnet run --project tests/GridVolunteer.Simulation`.</summary>
public sealed class ViewSimulationTests(ITestOutputHelper output)
{
    private const int RunsInEveryBuild = 150;

    public static TheoryData<string> Flaws => [.. new ViewLayer().Flaws];

    public static TheoryData<string> HolderFlaws => [.. new HolderLayer().Flaws];

    public static TheoryData<string> MembersFlaws => [.. new MembersLayer().Flaws];

    [Fact]
    public void RandomFaults_BreakNothing() => SimulatedLayer.RunShare(new ViewLayer(), RunsInEveryBuild, output);

    [Theory]
    [MemberData(nameof(Flaws))]
    public void KnownMistake_IsCaught(string flaw) => SimulatedLayer.Catch(new ViewLayer(), flaw, 400, output);

    [Fact]
    public void LastMessageThatFewHold_IsWithAllOrNone() =>
        SimulatedLayer.RunShare(new HolderLayer(), runs: 150, output);

    [Theory]
    [MemberData(nameof(HolderFlaws))]
    public void KnownMistakeAboutHolding_IsCaught(string flaw) =>
        SimulatedLayer.Catch(new HolderLayer(), flaw, 60, output);

    [Fact]
    public void DetectorAndGroupTogether_ComeRight() =>
        SimulatedLayer.RunShare(new MembersLayer(), runs: 60, output);

    [Theory]
    [MemberData(nameof(MembersFlaws))]
    public void KnownMistakeUnderADetector_IsCaught(string flaw) =>
        SimulatedLayer.Catch(new MembersLayer(), flaw, 60, output);

    [Fact]
    public void CrashAtEachSend_OfDataPrepareAcceptAndCommit_BreaksNothing()
    {
        var report = new StringWriter();
        var holds = CrashPoints.Write(report);
        output.WriteLine(report.ToString());
        Assert.True(holds, report.ToString());
    }

    [Theory]
    [InlineData(2673, "one that waited for its state itself, and got none, handed its own to the next")]
    [InlineData(733, "one that had asked in two lives left as the first, and was let in as the second")]
    public void SeedThatFailedOnce_Holds(int seed, string what) =>
        SimulatedLayer.Hold(new ViewLayer(), seed, what, output);

    [Fact]
    public void Seed_ReplaysTheSameRun() => SimulatedLayer.Replay(new ViewLayer());
}
