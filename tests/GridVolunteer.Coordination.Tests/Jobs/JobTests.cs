using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Tests.Jobs;

public sealed class JobTests
{
    private static readonly JobId Id = new(17);

    private readonly JournaledEntity<Job> _job = new(() => new Job(Id));

    [Fact]
    public void Snapshot_BeforeCreate_IsNull() => Assert.Null(_job.Entity.Snapshot());

    [Fact]
    public void Create_MakesAQueuedJobAndSaysSo()
    {
        Create(Submissions.Sound);

        Assert.Equal([new JobChangedNotice(Id, JobState.Queued)], _job.LastTurn.Notices);
        Assert.Equal("queued", Assert.Single(_job.LastTurn.Events).State);
        var snapshot = Snapshot();
        Assert.Equal(JobState.Queued, snapshot.State);
        Assert.Equal(_job.Now, snapshot.SubmittedAt);
        Assert.Equal(1, snapshot.ShardsUnopened);
        Assert.Equal(1, snapshot.MergesTotal);
        Assert.Empty(snapshot.OpenShards);
    }

    [Fact]
    public void Create_ASecondTime_ChangesNothing()
    {
        Create(Submissions.Sound);
        var before = _job.State();

        Create(Submissions.Sound with { Units = 5 });

        Assert.True(_job.LastTurn.IsReadOnly);
        Assert.Equal(before, _job.State());
    }

    [Fact]
    public void Advance_OpensAShardWithTheJobsRules()
    {
        Create(Submissions.Sound with { Units = 65_537, Quorum = 2, UnitTimeLimitSeconds = 90 });

        var first = Advance(0)!;
        var second = Advance(1)!;

        Assert.Equal(new ShardId(Id, 0, 0), first.Shard);
        Assert.Equal(65_536, first.UnitCount);
        Assert.Equal(2, first.Quorum);
        Assert.Equal(TimeSpan.FromSeconds(90), first.UnitTimeLimit);
        Assert.False(first.IsLastLevel);
        Assert.Equal(1, second.UnitCount);
        Assert.Contains(new OpenShardNotice(second), _job.LastTurn.Notices);
        Assert.Null(Advance(2));
    }

    [Fact]
    public void Advance_FirstShard_StartsTheJob()
    {
        Create(Submissions.Sound);
        _job.Now += TimeSpan.FromSeconds(5);

        Advance(0);

        Assert.Contains(new JobChangedNotice(Id, JobState.Running), _job.LastTurn.Notices);
        Assert.Equal((JobState.Running, (DateTimeOffset?)_job.Now), (Snapshot().State, Snapshot().StartedAt));
    }

    [Fact]
    public void Advance_OnOldKnowledge_OpensNothing()
    {
        Create(Submissions.Sound with { Units = 200_000 });
        Advance(0);

        Assert.Null(Advance(0));
        Assert.NotNull(Advance(1));
    }

    [Fact]
    public void Advance_BeyondTheWindow_WaitsForAShardToBeDecided()
    {
        Create(Submissions.Sound with { Units = 100_000_000 });
        for (var i = 0; i < Job.OpenShardsMax; i++)
        {
            Assert.NotNull(Advance(i));
        }

        Assert.Null(Advance(int.MaxValue));
        Close(0, 7);
        Assert.Equal(new ShardId(Id, 0, Job.OpenShardsMax), Advance(int.MaxValue)!.Shard);
    }

    [Fact]
    public void ShardClosed_LastOfTheLevel_BeginsTheMerge()
    {
        Create(Submissions.Sound);
        Advance(0);

        Close(0, 0);

        Assert.Contains(new JobChangedNotice(Id, JobState.Running), _job.LastTurn.Notices);
        Assert.Equal((1, 20L), (Snapshot().Level, Snapshot().UnitsValidated));
        var merge = Advance(0)!;
        Assert.Equal((new ShardId(Id, 1, 0), 1, true), (merge.Shard, merge.UnitCount, merge.IsLastLevel));
    }

    [Fact]
    public void ShardClosed_Again_IsCountedOnce()
    {
        Create(Submissions.Sound with { Units = 65_537 });
        Advance(0);
        Advance(1);

        Close(0, 1, failed: 0, reassigned: 1);
        Close(0, 1, failed: 0, reassigned: 1);

        Assert.True(_job.LastTurn.IsReadOnly);
        Assert.Equal((1L, 1L), (Snapshot().UnitsValidated, Snapshot().UnitsReassigned));
    }

    [Fact]
    public void LastMergeDone_CompletesTheJobWithItsOutput()
    {
        Create(Submissions.Sound);
        Advance(0);
        Close(0, 0);
        Advance(0);
        var place = new CanonicalRun(new UnitRun(0, 1), 3, 0);

        var summary = new ShardSummary(new ShardId(Id, 1, 0), 1, 0, 0, place, null);
        _job.Tell((job, turn) => job.ShardClosed(summary, turn));

        var snapshot = Snapshot();
        Assert.Equal(JobState.Completed, snapshot.State);
        Assert.Equal((place, (ShardId?)new ShardId(Id, 1, 0)), (snapshot.Output, snapshot.OutputShard));
        Assert.Equal((1L, _job.Now), (snapshot.MergesValidated, snapshot.EndedAt));
        Assert.Contains(new JobChangedNotice(Id, JobState.Completed, IsClosed: true), _job.LastTurn.Notices);
        Assert.Equal("completed", Assert.Single(_job.LastTurn.Events).State);
    }

    [Fact]
    public void FailedUnits_AreHolesAndShowInTheEnd()
    {
        Create(Submissions.Sound);
        Advance(0);
        Close(0, 0, failed: 3);
        Advance(0);
        Close(1, 0);

        Assert.Equal((JobState.CompletedWithFailures, 3L), (Snapshot().State, Snapshot().UnitsFailed));
    }

    [Fact]
    public void EveryUnitFailed_FailsTheJobWithTheFirstError()
    {
        Create(Submissions.Sound);
        Advance(0);
        Close(0, 0, failed: 20);

        Assert.Equal(JobState.Failed, Snapshot().State);
        Assert.Contains("no luck", Snapshot().Failure);
    }

    [Fact]
    public void MergeFailedForGood_FailsTheJobAndEndsItsOtherShards()
    {
        Create(Submissions.Sound with { Units = 200_000, MergeFanIn = 2 });
        for (var i = 0; i < 4; i++)
        {
            Close(0, Advance(int.MaxValue)!.Shard.Number);
        }

        Advance(0);
        Advance(1);
        Close(1, 1, failed: 1);

        Assert.Equal(JobState.Failed, Snapshot().State);
        Assert.Contains(new EndShardNotice(new ShardId(Id, 1, 0)), _job.LastTurn.Notices);
        Assert.Null(Advance(int.MaxValue));
    }

    [Fact]
    public void WithoutMerge_LevelZeroIsTheLast()
    {
        Create(Submissions.Sound with { MergeFanIn = 0 });
        Assert.False(Advance(0)!.IsLastLevel);
        Close(0, 0, failed: 1);

        var snapshot = Snapshot();
        Assert.Equal(JobState.CompletedWithFailures, snapshot.State);
        Assert.Null(snapshot.Output);
        Assert.Equal(0, snapshot.MergesTotal);
    }

    [Fact]
    public void Paused_HandsOutNothingButGoesOnTakingResults()
    {
        Create(Submissions.Sound);
        Advance(0);

        Assert.Equal(new ControlOutcome(ControlOutcomeKind.Done, JobState.Paused), Control(JobControl.Pause));
        Assert.Null(Advance(0));
        Close(0, 0);

        Assert.Equal((JobState.Paused, 1), (Snapshot().State, Snapshot().Level));
        Assert.Null(Advance(0));
        Assert.Equal(
            new ControlOutcome(ControlOutcomeKind.Done, JobState.Running), Control(JobControl.Resume));
        Assert.NotNull(Advance(0));
    }

    [Fact]
    public void Resume_BeforeAnythingWasHandedOut_IsQueuedAgain()
    {
        Create(Submissions.Sound);
        Control(JobControl.Pause);

        Assert.Equal(JobState.Queued, Control(JobControl.Resume).State);
    }

    [Fact]
    public void Cancel_EndsTheOpenShardsAndStaysSo()
    {
        Create(Submissions.Sound);
        Advance(0);

        Assert.Equal(
            new ControlOutcome(ControlOutcomeKind.Done, JobState.Cancelled), Control(JobControl.Cancel));

        Assert.Equal(
            [new EndShardNotice(new ShardId(Id, 0, 0)), new JobChangedNotice(Id, JobState.Cancelled, IsClosed: false)],
            _job.LastTurn.Notices);
        Assert.Equal(ControlOutcomeKind.Done, Control(JobControl.Cancel).Kind);
        Assert.True(_job.LastTurn.IsReadOnly);
        Assert.Equal(ControlOutcomeKind.Refused, Control(JobControl.Pause).Kind);
        Assert.Equal(ControlOutcomeKind.Refused, Control(JobControl.Resume).Kind);
    }

    [Fact]
    public void Cancelled_StillCountsWhatItsShardsHadDone()
    {
        Create(Submissions.Sound);
        Advance(0);
        Control(JobControl.Cancel);

        var summary = new ShardSummary(new ShardId(Id, 0, 0), 4, 0, 1, null, null);
        _job.Tell((job, turn) => job.ShardClosed(summary, turn));

        Assert.Equal((JobState.Cancelled, 4L), (Snapshot().State, Snapshot().UnitsValidated));
        Assert.Empty(Snapshot().OpenShards);
    }

    [Fact]
    public void Cancelled_IsClosedWhenItsLastShardHasEnded()
    {
        Create(Submissions.Sound);
        Advance(0);
        Control(JobControl.Cancel);
        Assert.False(_job.Entity.IsClosed);

        var summary = new ShardSummary(new ShardId(Id, 0, 0), 0, 0, 0, null, null);
        _job.Tell((job, turn) => job.ShardClosed(summary, turn));
        Assert.True(_job.Entity.IsClosed);
        Assert.Equal([new JobChangedNotice(Id, JobState.Cancelled, IsClosed: true)], _job.LastTurn.Notices);
        _job.Tell((job, turn) => job.ShardClosed(summary, turn));
        Assert.True(_job.LastTurn.IsReadOnly);
    }

    [Fact]
    public void Control_OfAJobThatIsNot_IsNotFound() =>
        Assert.Equal(ControlOutcomeKind.NotFound, Control(JobControl.Cancel).Kind);

    [Fact]
    public void Recovered_SaysAgainWhatACrashMayHaveSwallowed()
    {
        Create(Submissions.Sound with { Units = 200_000 });
        Advance(0);
        Advance(1);
        Close(0, 0);

        _job.Crash();

        Assert.Equal(
            [new JobChangedNotice(Id, JobState.Running), new OpenShardNotice(Snapshot().OpenShards[0])],
            _job.LastTurn.Notices);
        Control(JobControl.Cancel);
        _job.Crash();
        Assert.Equal(
            [new JobChangedNotice(Id, JobState.Cancelled), new EndShardNotice(new ShardId(Id, 0, 1))],
            _job.LastTurn.Notices);
    }

    [Fact]
    public void Apply_OfARecordFromALaterVersion_IsRefusedNotGuessed() =>
        Assert.Throws<InvalidDataException>(() => _job.Entity.Apply([1, 99, 0]));

    private void Create(JobSubmission submission) => _job.Tell((job, turn) => job.Create(submission, turn));

    private ShardPlan? Advance(int openShards) => _job.Ask((job, turn) => job.Advance(openShards, turn));

    private ControlOutcome Control(JobControl control) => _job.Ask((job, turn) => job.Control(control, turn));

    private JobSnapshot Snapshot() => _job.Entity.Snapshot()!;

    private void Close(int level, int number, int failed = 0, int reassigned = 0)
    {
        var shard = new ShardId(Id, level, number);
        var units = Snapshot().OpenShards.FirstOrDefault(p => p.Shard == shard)?.UnitCount ?? 1;
        var error = failed > 0 ? "no luck" : null;
        var summary = new ShardSummary(shard, units - failed, failed, reassigned, null, error);
        _job.Tell((job, turn) => job.ShardClosed(summary, turn));
    }
}
