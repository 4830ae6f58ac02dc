using GridVolunteer.Coordination.Brokering;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Tests.Brokering;

public sealed class BrokerBookTests
{
    private static readonly WorkWanted Wanted = new() { Seconds = 10 };
    private static readonly DateTimeOffset Now = Hints.Now;

    private readonly BrokerBook _book = new();
    private readonly BrokerSkips _skips = new();

    [Fact]
    public void Choose_ForAnUnknownVolunteer_IsNothing()
    {
        _book.Note(Hints.Job(1), Now);

        var unknown = new VolunteerBrief(null, null, EstimateBook.Empty);
        Assert.Null(_book.Choose(unknown, Wanted, Hints.Peer(1), _skips, Now));
    }

    [Fact]
    public void Choose_WithoutJobs_IsNothing() => Assert.Null(Choose());

    [Fact]
    public void Choose_WhenNoShardIsOpen_AsksTheJobToOpenOne()
    {
        _book.Note(Hints.Job(1, open: [], unopened: 3, state: JobState.Queued), Now);

        Assert.Equal(new Choice(new JobId(1), null, 0, 10, TimeSpan.FromSeconds(1)), Choose());
    }

    [Fact]
    public void Choose_AfterAShardWasOpened_GoesThere()
    {
        _book.Note(Hints.Job(1, open: [], unopened: 3), Now);
        var shard = Shard(1, 0);

        _book.NoteAdvance(shard.Job, Hints.Plan(shard));

        Assert.Equal((shard, 1), (Choose()!.Shard!.Value, Choose()!.OpenShards));
    }

    [Fact]
    public void Choose_PrefersGivenBackThenCopiesThenANewShardThenSecondCopies()
    {
        _book.Note(Hints.Job(1, open: [0, 1, 2, 3], unopened: 3), Now);
        _book.NoteStatus(Hints.Status(Shard(1, 0), second: true), Now);
        _book.NoteStatus(Hints.Status(Shard(1, 1), wanted: 9), Now);
        _book.NoteStatus(Hints.Status(Shard(1, 2), returned: 1), Now);
        _book.NoteStatus(Hints.Status(Shard(1, 3)), Now);

        var order = new List<ShardId?>();
        while (Choose() is { } choice)
        {
            order.Add(choice.Shard);
            _book.NothingAt(choice, _skips);
        }

        Assert.Equal([Shard(1, 2), Shard(1, 1), null, Shard(1, 0)], order);
    }

    [Fact]
    public void Choose_WhenNoShardWithWorkIsNear_AsksTheJobToOpenOne()
    {
        var near = new HashSet<ShardId>();
        var book = new BrokerBook(near.Contains);
        book.Note(Hints.Job(1, open: [0, 1], unopened: 3), Now);
        book.NoteStatus(Hints.Status(Shard(1, 0), wanted: 9), Now);
        book.NoteStatus(Hints.Status(Shard(1, 1), wanted: 9), Now);
        Assert.Null(Choose(book)!.Shard);

        near.Add(Shard(1, 1));
        Assert.Equal(Shard(1, 1), Choose(book)!.Shard);
    }

    [Fact]
    public void Choose_WhereUnitsNeedAQuorum_OpensNoShardMerelyToHaveItNear()
    {
        var book = new BrokerBook(static _ => false);
        book.Note(Hints.Job(1, open: [0], unopened: 3, vary: s => s with { Quorum = 2 }), Now);
        book.NoteStatus(Hints.Status(Shard(1, 0), wanted: 9), Now);

        Assert.Equal(Shard(1, 0), Choose(book)!.Shard);
    }

    [Fact]
    public void Choose_WhenNoneIsNearAndNoneCanBeOpened_GoesToAShardElsewhere()
    {
        var book = new BrokerBook(static _ => false);
        book.Note(Hints.Job(1, open: [0], unopened: 0), Now);
        book.NoteStatus(Hints.Status(Shard(1, 0), wanted: 9), Now);

        Assert.Equal(Shard(1, 0), Choose(book)!.Shard);
    }

    [Fact]
    public void Choose_OfUnitsGivenBack_DoesNotMindTheWay()
    {
        var book = new BrokerBook(shard => shard == Shard(1, 1));
        book.Note(Hints.Job(1, open: [0, 1], unopened: 3), Now);
        book.NoteStatus(Hints.Status(Shard(1, 0), returned: 1), Now);
        book.NoteStatus(Hints.Status(Shard(1, 1), wanted: 9), Now);

        Assert.Equal(Shard(1, 0), Choose(book)!.Shard);
    }

    [Fact]
    public void Choose_WithManyShardsOpen_OpensNoneMerelyToHaveItNear()
    {
        var open = Enumerable.Range(0, 32).ToArray();
        var book = new BrokerBook(static _ => false);
        book.Note(Hints.Job(1, open: open, unopened: 3), Now);
        foreach (var number in open)
        {
            book.NoteStatus(Hints.Status(Shard(1, number), wanted: 9), Now);
        }

        Assert.NotNull(Choose(book)!.Shard);
    }

    [Fact]
    public void Choose_PassesOverWhatTheMachineCannotRun()
    {
        _book.Note(Hints.Job(1, vary: s => s with { Needs = new JobNeeds { Programs = ["rscript"] } }), Now);
        _book.Note(Hints.Job(2), Now);

        Assert.Equal(new JobId(2), Choose()!.Job);
    }

    [Fact]
    public void Choose_PassesOverPausedJobs()
    {
        _book.Note(Hints.Job(1, unopened: 4), Now);
        _book.Note(Hints.Job(1, unopened: 4, state: JobState.Paused), Now);

        Assert.Null(Choose());
    }

    [Fact]
    public void Choose_GivesUpOnAJobAfterSomeEmptyShardsAndStartsElsewhereNextTime()
    {
        _book.Note(Hints.Job(1, open: [.. Enumerable.Range(0, 100)]), Now);

        var first = TryEverything(Now);
        var later = TryEverything(Now + TimeSpan.FromSeconds(1));

        Assert.Equal(BrokerSkips.ShardsPerJobMax, first.Count);
        Assert.Equal(first[0], later[0]);
        Assert.NotEqual(first[1..], later[1..]);
    }

    [Fact]
    public void ConcurrentRequests_SpreadOverJobs()
    {
        for (var job = 1; job <= 4; job++)
        {
            _book.Note(Hints.Job(job), Now);
        }

        Assert.Equal([1, 2, 3, 4], Enumerable.Range(0, 4).Select(_ => Choose()!.Job.Number));
    }

    [Fact]
    public void NothingAt_TakesTheChargeBack()
    {
        _book.Note(Hints.Job(1), Now);
        _book.Note(Hints.Job(2), Now);
        _book.NothingAt(Choose()!, new BrokerSkips());

        Assert.Equal(new JobId(1), Choose()!.Job);
    }

    [Fact]
    public void JobHeld_IsPreferredUntilItIsTooFarAhead()
    {
        _book.Note(Hints.Job(1), Now);
        _book.Note(Hints.Job(2), Now);
        var wanted = Wanted with { JobsHeld = [new JobId(2)] };

        var chosen = Enumerable.Range(0, 40).Select(_ => Choose(wanted)!.Job.Number).ToList();

        Assert.All(chosen[..8], job => Assert.Equal(2, job));
        Assert.InRange(chosen.Count(job => job == 1), 15, 20);
    }

    [Fact]
    public void NoteStatus_OfAClosedShard_AsksForTheJobAtOnce()
    {
        _book.Note(Hints.Job(1), Now);
        _book.NoteStatus(Hints.Status(Shard(1, 0), closed: true), Now);

        Assert.Null(Choose());
        Assert.Equal([new StaleHint(new JobId(1), null)], _book.Stale(Now));
    }

    [Fact]
    public void NoteAdvance_WithNothing_AsksForTheJobAtOnceAndNotForAShardAgainBefore()
    {
        _book.Note(Hints.Job(1, open: [], unopened: 5), Now);
        _book.NoteAdvance(new JobId(1), null);

        Assert.Null(Choose());
        Assert.Equal([new StaleHint(new JobId(1), null)], _book.Stale(Now));
        _book.Note(Hints.Job(1, open: [0], unopened: 4), Now);
        Assert.Equal(Shard(1, 0), Choose()!.Shard);
    }

    [Fact]
    public void Note_OfAnOlderSnapshot_DoesNotHideAShardThatWasOpenedSince()
    {
        var older = Hints.Job(1, open: [], unopened: 5);
        _book.Note(older, Now);
        _book.NoteAdvance(new JobId(1), Hints.Plan(Shard(1, 0)));

        _book.Note(older, Now);

        Assert.Equal(Shard(1, 0), Choose()!.Shard);
    }

    [Fact]
    public void NoteAdvance_OfAShardThatIsDecidedAlready_DoesNotBringItBack()
    {
        var job = Hints.Job(1, open: [1], unopened: 3);
        _book.Note(job, Now);
        _book.NoteStatus(Hints.Status(Shard(1, 1)), Now);

        _book.NoteAdvance(new JobId(1), Hints.Plan(Shard(1, 0)));

        Assert.Null(Choose()!.Shard);
    }

    [Fact]
    public void Note_OfAnEnd_ForgetsTheJob()
    {
        _book.Note(Hints.Job(1), Now);
        _book.Note(Hints.Job(1, state: JobState.Cancelled), Now);

        Assert.Null(Choose());
        Assert.Empty(_book.Jobs);
    }

    [Fact]
    public void Note_IsNewsOnlyWhenThereWasNothingToGiveBefore()
    {
        Assert.True(_book.Note(Hints.Job(1), Now));
        Assert.False(_book.Note(Hints.Job(1), Now));
        Assert.False(_book.NoteStatus(Hints.Status(Shard(1, 0)), Now));
        Assert.True(_book.NoteStatus(Hints.Status(Shard(1, 0), returned: 3), Now));
    }

    [Fact]
    public void Stale_NamesEachHintOnceASecond()
    {
        _book.Note(Hints.Job(1), Now);
        _book.NoteStatus(Hints.Status(Shard(1, 0)), Now);

        Assert.Empty(_book.Stale(Now + TimeSpan.FromSeconds(0.9)));
        var later = Now + TimeSpan.FromSeconds(1);
        Assert.Equal(
            [new StaleHint(new JobId(1), null), new StaleHint(new JobId(1), Shard(1, 0))],
            _book.Stale(later));
        Assert.Empty(_book.Stale(later));
    }

    [Fact]
    public void Expected_IsMeasuredElseLearntFromTheSameWorkloadElseGuessed()
    {
        _book.Note(Hints.Job(1, vary: s => s with { UnitSecondsEstimate = 2 }), Now);
        _book.Note(Hints.Job(2, vary: s => s with { UnitSecondsEstimate = 20 }), Now);
        _book.Note(Hints.Job(3, vary: s => s with { UnitSecondsEstimate = 5, Workload = "Other" }), Now);
        _book.Note(Hints.Job(1, state: JobState.Completed), Now);
        var book = EstimateBook.Empty.Learn(new JobId(1), 0, 30, 10);

        Assert.Equal(TimeSpan.FromSeconds(30), _book.Expected(book, new JobId(2), 0));
        Assert.Equal(TimeSpan.FromSeconds(5), _book.Expected(book, new JobId(3), 0));
        book = book.Learn(new JobId(2), 0, 7, 1).Learn(new JobId(2), 1, 0.5, 1);
        Assert.Equal(TimeSpan.FromSeconds(7), _book.Expected(book, new JobId(2), 0));
        Assert.Equal(TimeSpan.FromSeconds(0.5), _book.Expected(book, new JobId(2), 2));
        Assert.Null(_book.Expected(book, new JobId(9), 0));
    }

    private static ShardId Shard(long job, int number) => new(new JobId(job), 0, number);

    private Choice? Choose(BrokerBook book) => book.Choose(Hints.Brief, Wanted, Hints.Peer(1), _skips, Now);

    private Choice? Choose(WorkWanted? wanted = null) =>
        _book.Choose(Hints.Brief, wanted ?? Wanted, Hints.Peer(1), _skips, Now);

    private List<ShardId?> TryEverything(DateTimeOffset now)
    {
        var skips = new BrokerSkips();
        var tried = new List<ShardId?>();
        while (_book.Choose(Hints.Brief, Wanted, Hints.Peer(1), skips, now) is { } choice)
        {
            tried.Add(choice.Shard);
            _book.NothingAt(choice, skips);
        }

        return tried;
    }
}
