using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordination.Tests.Brokering;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Tests.Volunteers;

public sealed partial class VolunteerTests
{
    private static readonly ShardId Shard = new(new JobId(1), 0, 0);
    private static readonly VolunteerOptions Options = new();

    private readonly Volunteer _volunteer = new(Hints.Peer(1), Options);
    private DateTimeOffset _now = Hints.Now;

    [Fact]
    public void Begin_BeforeTheFirstHeartbeat_AsksForAnIntroduction()
    {
        Assert.Null(_volunteer.Begin("r1", _now).Host);
        Assert.Null(_volunteer.View());
        Beat();
        Assert.Equal(Hints.Host, _volunteer.Begin("r1", _now).Host);
    }

    [Fact]
    public void Beat_TheFirst_MakesItAliveAndSaysSo()
    {
        var change = Beat().Change!;

        Assert.Equal(("peer", "alive", (PeerId?)Hints.Peer(1)), (change.Kind, change.State, change.Peer));
        Assert.Equal("alive", _volunteer.View()!.State);
        Assert.Null(Beat().Change);
    }

    [Fact]
    public void Repeated_RequestGetsTheAnswerGivenBefore()
    {
        Beat();
        var answer = Exchange("r1", grants: [Offer(1)]);

        Assert.Same(answer, _volunteer.Begin("r1", _now).Repeated);
        Assert.Null(_volunteer.Begin("r2", _now).Repeated);
    }

    [Fact]
    public void Beat_WithTheGrantsKnown_CallsNoShard()
    {
        Beat();
        Exchange("r1", grants: [Offer(1), Offer(2)]);

        Assert.Empty(Beat("r1", 1, 2).Duties);
    }

    [Fact]
    public void Beat_ThatCrossesAnAnswer_DoesNotTakeItsGrantBack()
    {
        Beat();
        Exchange("r1", grants: [Offer(1)]);
        Beat("r1", 1);
        Exchange("r2", grants: [Offer(2)]);

        Assert.Empty(Beat("r1", 1).Duties);
        Assert.Empty(Beat("r2", 1, 2).Duties);
    }

    [Fact]
    public void Beat_WithoutAGrantThatHadArrived_GivesItBack()
    {
        Beat();
        Exchange("r1", grants: [Offer(1), Offer(2)]);

        var duty = Reconcile(Beat("r1", 2));

        AssertLists(duty, held: [2L], dropped: [1L]);
        Assert.Empty(_volunteer.Reconciled(duty, new ReconcileAnswer([], []), _now));
        Assert.Empty(Beat("r1", 2).Duties);
    }

    [Fact]
    public void Beat_AfterALaterRequest_GivesBackWhatAnAgentThatRestartedNeverGot()
    {
        Beat();
        Exchange("r1", grants: [Offer(1)]);
        Assert.Empty(Beat(null).Duties);
        Exchange("r2", grants: [Offer(2)]);

        var duty = Reconcile(Beat("r2", 2));

        AssertLists(duty, held: [2L], dropped: [1L]);
    }

    [Fact]
    public void Beats_WithoutAGrantForAsLongAsTheLimit_GiveItBackWhateverWasOnItsWay()
    {
        Beat();
        Exchange("r1", grants: [Offer(1)]);

        for (var i = 0; i < 4; i++)
        {
            Assert.DoesNotContain(Beat(null).Duties.OfType<ReconcileDuty>(), d => d.Dropped.Count > 0);
            _now += Options.HeartbeatInterval;
        }

        Assert.Equal([1L], Reconcile(Beat(null)).Dropped);
    }

    [Fact]
    public void Beat_WithAnUnknownGrant_AsksItsShardAndTellsTheAgentWhatIsVoid()
    {
        var duty = Reconcile(Beat("r9", 5, 6));

        Assert.Equal([5L, 6L], duty.Held);
        var voids = _volunteer.Reconciled(duty, new ReconcileAnswer([6], []), _now);
        Assert.Equal([new GrantId(Shard, 6)], voids);
        var answer = _volunteer.Answer(voids);
        Assert.Equal((15.0, 60.0), (answer.IntervalSeconds, answer.LimitSeconds));
        Assert.Empty(Beat("r9", 5).Duties);
    }

    [Fact]
    public void Beat_ThatListsAGrantJustReported_AsksNoShard()
    {
        Beat();
        Exchange("r1", grants: [Offer(1)]);
        Exchange("r2", reports: [Report(1, new UnitRun(0, 10))]);

        Assert.Empty(Beat("r1", 1).Duties);
        Assert.Empty(Beat("r2").Duties);
    }

    [Fact]
    public void Grant_ReportedInPartsWithFailuresAndReturns_IsHeldUntilTheLastUnit()
    {
        Beat();
        Exchange("r1", grants: [Offer(1)]);

        Exchange("r2", reports: [Report(1, new UnitRun(2, 3))]);
        Exchange("r3", reports: [Report(1, new UnitRun(2, 3)) with { Returned = [new UnitRun(8, 2)] }]);
        Assert.Equal(5, _volunteer.View()!.UnitsHeld);
        Exchange("r4", reports: [Report(1, new UnitRun(0, 2)) with
        {
            Failures = [Failure(5), Failure(6)],
        }]);
        var view = _volunteer.View()!;
        Assert.Equal((1L, 2L, 8L), (view.UnitsHeld, view.UnitsFailed, view.UnitsAccepted));

        Assert.Single(Silence().Duties);
    }

    [Fact]
    public void Refused_ReportLeavesTheGrantHeld()
    {
        Beat();
        Exchange("r1", grants: [Offer(1)]);
        var request = new WorkRequest { RequestId = "r2", Reports = [Report(1, new UnitRun(0, 10))] };
        var refused = new ReportOutcome(new GrantId(Shard, 1), 0, 0, "malformed");
        var answer = new WorkAnswer { RequestId = "r2", Outcomes = [refused] };

        _volunteer.End(new ExchangeRecord(request, answer), _now);

        Assert.Equal((10L, 0L), (_volunteer.View()!.UnitsHeld, _volunteer.View()!.UnitsAccepted));
    }

    [Fact]
    public void End_ASecondTimeForTheSameRequest_KeepsItsPlaceInTheOrder()
    {
        Beat();
        Exchange("r1", grants: [Offer(1)]);
        Exchange("r1", grants: [Offer(1)]);

        AssertLists(Reconcile(Beat("r1")), held: [], dropped: [1L]);
    }

    [Fact]
    public void Undone_ComparisonIsMadeAgain()
    {
        var duty = Reconcile(Beat("r1", 7));
        _volunteer.Undone(duty, _now);

        Assert.Equal([7L], Reconcile(Beat("r1", 7)).Held);
    }

    [Fact]
    public void Expected_OfAVolunteerThatComes_IsComparedAndWhatNobodyNamesGetsTime()
    {
        _volunteer.Expect(Shard, _now);
        var duty = Reconcile(Beat("r5", 3));
        _volunteer.Reconciled(duty, new ReconcileAnswer([], [4]), _now);

        Assert.Empty(Beat("r5", 3).Duties);
        Assert.Empty(Beat("r5", 3).Duties);
        _now += Options.HeartbeatLimit;
        var later = Reconcile(Beat("r5", 3));

        AssertLists(later, held: [3L], dropped: [4L]);
    }

    [Fact]
    public void Expected_GrantThatNobodyNames_GoesBackOnceTheNextRequestHasArrived()
    {
        _volunteer.Expect(Shard, _now);
        _volunteer.Reconciled(Reconcile(Beat("r5", 3)), new ReconcileAnswer([], [4]), _now);
        Exchange("r6", grants: [Offer(5)]);

        Assert.Empty(Beat("r5", 3).Duties);
        AssertLists(Reconcile(Beat("r6", 3, 5)), held: [3L, 5L], dropped: [4L]);
    }

    [Fact]
    public void Comparison_IsMadeOnceInALimitSoThatAnAgentHearsWhatBecameVoid()
    {
        Beat();
        Exchange("r1", grants: [Offer(1)]);
        _now += Options.HeartbeatLimit - TimeSpan.FromSeconds(1);
        Assert.Empty(Beat("r1", 1).Duties);
        _now += TimeSpan.FromSeconds(1);

        var duty = Reconcile(Beat("r1", 1));

        var voids = _volunteer.Reconciled(duty, new ReconcileAnswer([1], []), _now);
        Assert.Equal([new GrantId(Shard, 1)], voids);
        Assert.Empty(Silence().Duties);
    }

    [Fact]
    public void Options_TellEveryFaultAtOnce()
    {
        Assert.Empty(new VolunteerOptions().Faults());
        var wrong = new VolunteerOptions
        {
            HeartbeatInterval = TimeSpan.Zero,
            HeartbeatLimit = TimeSpan.FromHours(2),
        };
        Assert.Equal(2, wrong.Faults().Count);
        Assert.Single(new VolunteerOptions { HeartbeatLimit = TimeSpan.FromSeconds(20) }.Faults());
    }

    private static GrantOffer Offer(long sequence) =>
        new() { Grant = new GrantId(Shard, sequence), Runs = [new UnitRun(0, 10)], DeadlineSeconds = 60 };

    private static UnitFailure Failure(long unit) => new(unit, UnitFailureKind.Threw, "x");

    private static GrantReport Report(long sequence, UnitRun run) =>
        new() { Grant = new GrantId(Shard, sequence), Runs = [run], ComputeSeconds = 1 };

    private static Heartbeat Heartbeat(string? last, params long[] held) => new()
    {
        Name = "box",
        Host = Hints.Host,
        LastRequestId = last,
        Grants = [.. held.Select(s => new GrantId(Shard, s))],
    };

    private static ExchangeRecord Record(string id, GrantReport[] reports, GrantOffer[] grants) => new(
        new WorkRequest { RequestId = id, Reports = reports, Wanted = new WorkWanted { Seconds = 1 } },
        new WorkAnswer
        {
            RequestId = id,
            Outcomes = [.. reports.Select(r => new ReportOutcome(r.Grant, r.Runs.Sum(run => run.Count), 0))],
            Grants = grants,
        });

    private static void AssertLists(ReconcileDuty duty, long[] held, long[] dropped)
    {
        Assert.Equal(held, duty.Held);
        Assert.Equal(dropped, duty.Dropped);
    }

    private static ReconcileDuty Reconcile(VolunteerOutcome outcome) =>
        Assert.IsType<ReconcileDuty>(Assert.Single(outcome.Duties));

    private VolunteerOutcome Beat(string? last = null, params long[] held) =>
        _volunteer.Beat(Heartbeat(last, held), _now);

    private VolunteerOutcome Silence()
    {
        _now += Options.HeartbeatLimit;
        return _volunteer.Tick(_now);
    }

    private WorkAnswer Exchange(string id, GrantReport[]? reports = null, GrantOffer[]? grants = null)
    {
        var record = Record(id, reports ?? [], grants ?? []);
        _volunteer.Begin(id, _now);
        _volunteer.End(record, _now);
        return record.Answer;
    }
}
