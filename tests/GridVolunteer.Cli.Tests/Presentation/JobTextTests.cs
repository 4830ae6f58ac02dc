using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cli.Tests.Presentation;

public sealed class JobTextTests
{
    private static readonly JobView Running = new()
    {
        JobId = new JobId(1),
        Name = "a job",
        Workload = "Pi",
        State = JobState.Running,
        Priority = 100,
        Quorum = 1,
        SubmittedAt = DateTimeOffset.UnixEpoch,
        UnitsTotal = 80,
        UnitsValidated = 24,
        UnitsFailed = 0,
        UnitsRunning = 8,
        UnitsReassigned = 0,
        MergesTotal = 3,
        MergesValidated = 0,
        Package = new BlobId(default, 1),
        OutputType = "application/json",
    };

    [Fact]
    public void Line_SaysWhatThereIsToSay() =>
        Assert.Equal("running, 24 of 80 units valid, 8 running", JobText.Line(Running));

    [Fact]
    public void Line_OfAJobThatMerges_CountsMerges() => Assert.Equal(
        "running, 78 of 80 units valid, 2 failed, 4 taken over, 1 of 3 merges",
        JobText.Line(Running with
        {
            UnitsValidated = 78,
            UnitsFailed = 2,
            UnitsRunning = 0,
            UnitsReassigned = 4,
            MergesValidated = 1,
        }));

    [Fact]
    public void Line_OfAJobThatWaits_EndsWithoutTheSentencesFullStop() => Assert.EndsWith(
        "waits: No agent is connected", JobText.Line(Running with { Waiting = "No agent is connected." }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(JobState.Completed, ExitCode.Done, true)]
    [InlineData(JobState.CompletedWithFailures, ExitCode.Failed, true)]
    [InlineData(JobState.Failed, ExitCode.Failed, true)]
    [InlineData(JobState.Cancelled, ExitCode.Failed, true)]
    [InlineData(JobState.Running, ExitCode.Failed, false)]
    [InlineData(JobState.Queued, ExitCode.Failed, false)]
    [InlineData(JobState.Paused, ExitCode.Failed, false)]
    public void State_TellsWhetherTheJobIsOverAndHowAWatchEnds(JobState state, ExitCode code, bool isOver) =>
        Assert.Equal((code, isOver), (state.ExitCode(), state.IsOver()));

    [Fact]
    public void Progress_IsOneHundredOnlyWhenTheJobIsCompleted()
    {
        Assert.Equal("28 %", JobText.Progress(Running));
        Assert.Equal("100 %", JobText.Progress(Running with { State = JobState.Completed }));
    }
}
