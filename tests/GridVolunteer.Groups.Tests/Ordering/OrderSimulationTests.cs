using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Tests.Simulation;
using GridVolunteer.Simulation.Ordering;
using Xunit.Abstractions;

namespace GridVolunteer.Groups.Tests.Ordering;

/// <summary>Order in virtual time. More runs: `dotnet run --project tests/GridVolunteer.Simulation`.</summary>
public sealed class OrderSimulationTests(ITestOutputHelper output)
{
    private const int RunsInEveryBuild = 60;

    public static TheoryData<string> Flaws => [.. new OrderLayer().Flaws];

    public static TheoryData<string> JointFlaws => [.. new JointLayer().Flaws];

    [Fact]
    public void RandomFaults_BreakNothing() => SimulatedLayer.RunShare(new OrderLayer(), RunsInEveryBuild, output);

    [Theory]
    [MemberData(nameof(Flaws))]
    public void KnownMistake_IsCaught(string flaw) => SimulatedLayer.Catch(new OrderLayer(), flaw, 300, output);

    [Fact]
    public void RandomFaults_BreakNoTimeStamps() =>
        SimulatedLayer.RunShare(new ClockLayer(), RunsInEveryBuild / 2, output);

    [Fact]
    public void MissingWatermark_IsCaught() =>
        SimulatedLayer.Catch(new ClockLayer(), nameof(OrderFlaw.NoWatermark), 300, output);

    [Fact]
    public void RandomFaults_BreakNothingOfWhatGoesToSeveralGroups() =>
        SimulatedLayer.RunShare(new JointLayer(), RunsInEveryBuild, output);

    [Theory]
    [MemberData(nameof(JointFlaws))]
    public void KnownMistakeInWhatGoesToSeveralGroups_IsCaught(string flaw) =>
        SimulatedLayer.Catch(new JointLayer(), flaw, 300, output);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CrashAtEachSendOfEachMember_BreaksNoOrder(bool isJoint)
    {
        var report = new StringWriter();
        var holds = OrderCrashPoints.Write(report, isJoint);
        output.WriteLine(report.ToString());
        Assert.True(holds, report.ToString());
    }

    [Theory]
    [InlineData(227, "one that was to be left out accepted a cut it did not hold, and nobody else did when the rest came back")]
    [InlineData(479, "the same after a restart")]
    [InlineData(1996, "the state for one that joined was dropped, since others had joined after it")]
    [InlineData(3723, "the last of a group had left, and told one that had missed two views nothing")]
    public void SeedThatFailedOnce_Holds(int seed, string what) =>
        SimulatedLayer.Hold(new ClockLayer(), seed, what, output);

    [Theory]
    [InlineData(13426, "a causal message waited for one that was gone since a view of which nothing was left here")]
    [InlineData(8640, "the state for one that joined waited for the report of one that was gone since")]
    public void SeedOfOrderThatFailedOnce_Holds(int seed, string what) =>
        SimulatedLayer.Hold(new OrderLayer(), seed, what, output);

    [Theory]
    [InlineData(168, "the place was forgotten, as the sender, which was out of a group, had sent the next")]
    [InlineData(1348, "one that had gone out of the group before the place was known said that there was no message")]
    public void SeedOfJointMessagesThatFailedOnce_Holds(int seed, string what) =>
        SimulatedLayer.Hold(new JointLayer(), seed, what, output);

    [Fact]
    public void Seed_ReplaysTheSameRun() => SimulatedLayer.Replay(new OrderLayer());
}
