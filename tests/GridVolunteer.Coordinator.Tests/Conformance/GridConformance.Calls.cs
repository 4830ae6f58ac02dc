using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Tests.Conformance;

/// <content>Every call of every contract, with what it takes and answers; repetitions change nothing.</content>
public abstract partial class GridConformance
{
    [Fact]
    public async Task ASubmissionRepeated_MakesNoSecondJob()
    {
        await using var rig = await StartAsync();
        var catalog = rig.Grid.Catalog;
        var first = await catalog.RegisterAsync("one", default);
        Assert.Equal(first, await catalog.RegisterAsync("one", default));
        var second = await catalog.RegisterAsync("two", default);
        Assert.Equal([first, second], await catalog.ActiveAsync(default));
        Assert.Equal([second, first], await catalog.ListAsync(null, 10, default));
        Assert.Equal([first], await catalog.ListAsync(second, 10, default));
        Assert.Null(await rig.Grid.Job(first).SnapshotAsync(default));
    }

    [Fact]
    public async Task ALeaseOrAReportRepeated_CountsOnce()
    {
        await using var rig = await StartAsync();
        var (_, shard) = await OpenedAsync(rig, units: 10);
        var request = new ShardExchange(
            GridRig.Ann, [], new LeaseRequest("r1", 4, TimeSpan.FromSeconds(2.5), 2, false));
        var grant = (await rig.Grid.Shard(shard).ExchangeAsync(request, default)).Grant!;
        var again = (await rig.Grid.Shard(shard).ExchangeAsync(request, default)).Grant!;
        Assert.Equal((grant.Grant, grant.Lease, grant.Urgent), (again.Grant, again.Lease, again.Urgent));
        Assert.Equal(grant.Runs, again.Runs);

        var report = GridRig.Computed(grant);
        var taken = Assert.Single((await rig.ExchangeAsync(shard, GridRig.Ann, 0, report)).Outcomes);
        Assert.Equal(new ReportOutcome(grant.Grant, 4, 0), taken);
        var repeated = await rig.ExchangeAsync(shard, GridRig.Ann, 0, report);
        Assert.Equal([new ReportOutcome(grant.Grant, 0, 4)], repeated.Outcomes);
        Assert.Equal((4, 6, 0), (repeated.Status.Validated, repeated.Status.Fresh, repeated.Status.Running));
        var stranger = await rig.ExchangeAsync(shard, GridRig.Bob, 0, report);
        Assert.NotNull(Assert.Single(stranger.Outcomes).Refusal);
    }

    [Fact]
    public async Task Failures_AreKeptAndListed()
    {
        await using var rig = await StartAsync();
        var (_, shard) = await OpenedAsync(rig, units: 3);
        var grant = (await rig.ExchangeAsync(shard, GridRig.Ann, 3)).Grant!;
        var report = new GrantReport
        {
            Grant = grant.Grant,
            Failures = [new UnitFailure(1, UnitFailureKind.Threw, "it threw: \"ü\"")],
            Returned = [new UnitRun(2, 1)],
            ComputeSeconds = 0.25,
        };
        await rig.ExchangeAsync(shard, GridRig.Ann, 0, report);
        var kept = Assert.Single(await rig.Grid.Shard(shard).FailuresAsync(default));
        Assert.Equal(
            new FailedUnit(0, 1, false, GridRig.Ann, UnitFailureKind.Threw, "it threw: \"ü\""), kept);
        Assert.Empty(await rig.Grid.Shard(shard).FailedAsync(new UnitRun(0, 3), default));
        var status = await rig.Grid.Shard(shard).TickAsync(default);
        Assert.Equal((1, 2), (status.Running, status.Returned));
        Assert.NotNull(status.NextTick);
    }

    [Fact]
    public async Task AVolunteersGrants_AreLostReconciledAndRevived()
    {
        await using var rig = await StartAsync();
        var (_, shard) = await OpenedAsync(rig, units: 8);
        var one = (await rig.ExchangeAsync(shard, GridRig.Ann, 4)).Grant!;
        var two = (await rig.ExchangeAsync(shard, GridRig.Ann, 4)).Grant!;
        var lost = await rig.Grid.Shard(shard).LoseAsync(GridRig.Ann, LossReason.Silent, default);
        Assert.Equal((0, 8), (lost.Running, lost.Returned));
        var answer = await rig.Grid.Shard(shard).ReconcileAsync(
            GridRig.Ann, [one.Grant.Sequence, 77], [two.Grant.Sequence], default);
        Assert.Equal([77], answer.Void);
        Assert.Empty(answer.Others);
        Assert.Equal((4, 4), Counts(await rig.Grid.Shard(shard).StatusAsync(default)));

        static (int Running, int Returned) Counts(ShardStatus status) => (status.Running, status.Returned);
    }

    [Fact]
    public async Task AVolunteer_RemembersItsAnswersAndLearnsHowFastItIs()
    {
        await using var rig = await StartAsync();
        var (_, shard) = await OpenedAsync(rig, units: 8);
        var volunteer = rig.Grid.Volunteer(GridRig.Ann);
        Assert.Null((await volunteer.BeginExchangeAsync("r1", default)).Host);
        var beat = await rig.BeatAsync(GridRig.Ann);
        Assert.Empty(beat.Void);
        var grant = (await rig.ExchangeAsync(shard, GridRig.Ann, 4)).Grant!;
        var request = new WorkRequest
        {
            RequestId = "r1",
            Reports = [GridRig.Computed(grant) with { ComputeSeconds = 8 }],
            Wanted = new WorkWanted { Seconds = 60 },
        };
        var answer = new WorkAnswer
        {
            RequestId = "r1",
            Outcomes = [new ReportOutcome(grant.Grant, 4, 0)],
            Grants =
            [
                new GrantOffer
                {
                    Grant = grant.Grant, Runs = grant.Runs, Inputs = new byte[] { 1, 2, 3 }, DeadlineSeconds = 3.5,
                },
            ],
        };
        await volunteer.EndExchangeAsync(new ExchangeRecord(request, answer), default);
        var brief = await volunteer.BeginExchangeAsync("r1", default);
        Assert.Equal("linux", brief.Host!.OperatingSystem);
        Assert.Equal([1, 2, 3], Assert.Single(brief.Repeated!.Grants).Inputs.ToArray());
        Assert.Equal(answer.Outcomes, brief.Repeated.Outcomes);
        Assert.Equal(TimeSpan.FromSeconds(2), brief.Estimates.Expected(shard.Job, 0));
        Assert.Null((await volunteer.BeginExchangeAsync("r2", default)).Repeated);
        var view = (await volunteer.ViewAsync(default))!;
        Assert.Equal((GridRig.Ann, "alive", 4L), (view.Peer, view.State, view.UnitsAccepted));
    }

    [Fact]
    public async Task AJob_IsPausedResumedAndCancelled()
    {
        await using var rig = await StartAsync();
        var id = await rig.SubmitAsync(units: 100);
        var job = rig.Grid.Job(id);
        Assert.Equal(
            new ControlOutcome(ControlOutcomeKind.Done, JobState.Paused),
            await job.ControlAsync(JobControl.Pause, default));
        Assert.Null(await job.AdvanceAsync(0, default));
        await job.ControlAsync(JobControl.Resume, default);
        var plan = (await job.AdvanceAsync(0, default))!;
        Assert.Equal((new ShardId(id, 0, 0), 100), (plan.Shard, plan.UnitCount));
        Assert.Null(await job.AdvanceAsync(0, default));
        var snapshot = (await job.SnapshotAsync(default))!;
        Assert.Equal(JobState.Running, snapshot.State);
        Assert.Equal([plan], snapshot.OpenShards);
        Assert.Equal("test", snapshot.Submission.Workload);
        Assert.Equal("{}", snapshot.Submission.Parameters.GetRawText());
        await job.ControlAsync(JobControl.Cancel, default);
        Assert.Equal(
            ControlOutcomeKind.Refused, (await job.ControlAsync(JobControl.Resume, default)).Kind);
        Assert.Equal(
            ControlOutcomeKind.NotFound,
            (await rig.Grid.Job(new JobId(99)).ControlAsync(JobControl.Pause, default)).Kind);
        await rig.UntilAsync(id, JobState.Cancelled);
    }

    [Fact]
    public async Task WithAQuorumOfTwo_ResultsOfTwoVolunteersMustAgree()
    {
        await using var rig = await StartAsync();
        var (id, shard) = await OpenedAsync(rig, units: 6, quorum: 2);
        var anns = (await rig.ExchangeAsync(shard, GridRig.Ann, 6)).Grant!;
        var bobs = (await rig.ExchangeAsync(shard, GridRig.Bob, 6)).Grant!;
        var first = await rig.ExchangeAsync(shard, GridRig.Ann, 0, GridRig.Computed(anns));
        Assert.Equal((6, 0), (first.Status.Pending, first.Status.Validated));
        var second = await rig.ExchangeAsync(shard, GridRig.Bob, 0, GridRig.Computed(bobs));
        Assert.Equal(6, second.Status.Validated);
        await rig.UntilAsync(id, JobState.Completed);
        Assert.Contains(rig.Events, e => e.Kind == "validated" && e.Runs.Contains(new UnitRun(0, 6)));
    }

    private static async Task<(JobId Job, ShardId Shard)> OpenedAsync(GridRig rig, long units, int quorum = 1)
    {
        var id = await rig.SubmitAsync(units, quorum: quorum);
        var plan = (await rig.Grid.Job(id).AdvanceAsync(0, default))!;
        await rig.Grid.Shard(plan.Shard).OpenAsync(plan, default);
        return (id, plan.Shard);
    }
}
