using GridVolunteer.Peer.Buffering;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Peer.Tests.Buffering;

/// <summary>What runs next, and when to ask for more.</summary>
public sealed class WorkBufferTests
{
    private readonly WorkBuffer _buffer = new(new BufferPolicy { Threads = 2 });
    private TimeSpan _now = TimeSpan.FromMinutes(1);

    [Fact]
    public void Demand_OfAnEmptyBuffer_FillsEveryThreadToTheHighWater() =>
        Assert.Equal(new WorkDemand(2 * 5.0, null, ThreadsIdle: 2), _buffer.Demand(_now));

    [Fact]
    public void Demand_OfAFullBuffer_IsNothing_UntilTheRunwayIsDownToTheLowWater()
    {
        Add(1, units: 20, unitSeconds: 1);
        var demand = _buffer.Demand(_now);
        Assert.Equal(0, demand.Seconds);
        Assert.Equal(9, demand.NextIn!.Value, precision: 6);
    }

    [Fact]
    public void Demand_OfASlowLink_ComesEarlier()
    {
        Add(1, units: 10, unitSeconds: 1);
        Assert.Equal(0, _buffer.Demand(_now).Seconds);
        _buffer.Latency.Note(2);
        Assert.True(
            _buffer.Demand(_now).Seconds > 0, "5 s of work is less than two exchanges of up to 6 s each.");
    }

    [Fact]
    public void Demand_WhenOneLongUnitCannotBeShared_CountsTheIdleThread()
    {
        Add(1, units: 1, unitSeconds: 100);
        Assert.Equal(new WorkDemand(5, null, ThreadsIdle: 1), _buffer.Demand(_now));
    }

    [Fact]
    public void Demand_WhileUnitsRun_GrowsWithTime()
    {
        Add(1, units: 2, unitSeconds: 4);
        _buffer.Ready(new JobId(1));
        Assert.NotNull(Take());
        Assert.NotNull(Take());
        Assert.Equal(0, _buffer.Demand(_now).Seconds);
        _now += TimeSpan.FromSeconds(3.5);
        Assert.True(_buffer.Demand(_now).Seconds > 0);
    }

    [Fact]
    public void Demand_WithTooMuchUnacknowledged_IsNothing()
    {
        var buffer = new WorkBuffer(new BufferPolicy { Threads = 1, UnacknowledgedUnitsMax = 5 });
        buffer.Add(Offers.Of(Offers.Grant(1, 1), new UnitRun(0, 6)), 0.001, _now);
        buffer.FailWaiting(new JobId(1));
        Assert.Equal(new WorkDemand(0, null), buffer.Demand(_now));
        buffer.Acknowledge(Offers.Grant(1, 1), 1);
        Assert.True(buffer.Demand(_now).Seconds > 0);
    }

    [Fact]
    public void Take_OfAJobWhoseFilesAreNotHere_GivesNothing()
    {
        Add(1, units: 1, unitSeconds: 1);
        Assert.Null(Take());
        _buffer.Ready(new JobId(1));
        Assert.NotNull(Take());
    }

    [Fact]
    public void Take_OfAnUnmeasuredJob_GivesOneUnit_AndOfATinyOneManyOnceMeasured()
    {
        Add(1, units: 4000, unitSeconds: 1);
        _buffer.Ready(new JobId(1));
        var first = Take()!;
        Assert.Equal(1, first.Count);
        _buffer.Finish(first.Id, 1, 0.0001, _now);
        Assert.Equal(1024, Take()!.Count);
    }

    [Fact]
    public void Take_LeavesEveryThreadItsShare()
    {
        Add(1, units: 11, unitSeconds: 1);
        _buffer.Ready(new JobId(1));
        _buffer.Finish(Take()!.Id, 1, 0.0001, _now);
        Assert.Equal(5, Take()!.Count);
        Assert.Equal(3, Take()!.Count);
    }

    [Fact]
    public void Take_PutsUrgentUnitsFirst_AndTheUrgentSlotTakesNothingElse()
    {
        _buffer.Ready(new JobId(1));
        Add(1, units: 1, unitSeconds: 1);
        Assert.Null(_buffer.Take(null, urgentOnly: true, _now));
        _buffer.Add(Offers.Of(Offers.Grant(1, 9), new UnitRun(50, 1)) with { Urgent = true }, 1, _now);
        Assert.Equal(50, Take()!.UnitAt(0));
    }

    [Fact]
    public void Take_StaysWithTheWarmJob_ButNotForLong()
    {
        _buffer.Ready(new JobId(1));
        _buffer.Ready(new JobId(2));
        Add(2, units: 3, unitSeconds: 1);
        _now += TimeSpan.FromSeconds(9);
        Add(1, units: 1, unitSeconds: 1);
        Assert.Equal(new JobId(1), _buffer.Take(new JobId(1), urgentOnly: false, _now)!.Job);
        _now += TimeSpan.FromSeconds(2);
        Add(1, units: 1, unitSeconds: 1);
        Assert.Equal(new JobId(2), _buffer.Take(new JobId(1), urgentOnly: false, _now)!.Job);
    }

    [Fact]
    public void Suspects_RunOneByOne()
    {
        Add(1, units: 10, unitSeconds: 1);
        _buffer.Ready(new JobId(1));
        _buffer.Finish(Take()!.Id, 1, 0.0001, _now);
        var batch = Take()!;
        Assert.Equal(5, batch.Count);
        _buffer.GiveUp(batch.Id, suspect: true);
        Assert.Equal([1, 1, 1, 1, 1], Enumerable.Range(0, 5).Select(_ => Take()!.Count));
        Assert.True(Take()!.Count > 1);
    }

    [Fact]
    public void Merges_GoOneByOne()
    {
        var grant = Offers.Grant(1, 1, level: 1);
        _buffer.Add(Offers.Of(grant, new UnitRun(0, 10)), 0.0001, _now);
        _buffer.Ready(new JobId(1));
        _buffer.Finish(Take()!.Id, 1, 0.0001, _now);
        Assert.Equal(1, Take()!.Count);
    }

    [Fact]
    public void ReturnAll_TellsWhatIsUnfinished_AsFewRuns()
    {
        Add(1, units: 6, unitSeconds: 1);
        _buffer.Ready(new JobId(1));
        _buffer.Finish(Take()!.Id, 1, 1, _now);
        Take();
        var (grant, runs) = Assert.Single(_buffer.ReturnAll());
        Assert.Equal(Offers.Grant(1, 1), grant);
        Assert.Equal([new UnitRun(1, 5)], runs);
        Assert.Equal(0, _buffer.Waiting + _buffer.Running);
        Assert.Equal([Offers.Grant(1, 1)], _buffer.Held);
    }

    [Fact]
    public void Add_OfAnOfferWhoseInputsAreNotOneForEachUnit_IsRefused()
    {
        var offer = Offers.Of(Offers.Grant(1, 1), new UnitRun(0, 3)) with { Inputs = Offers.Inputs([0, 1]) };
        Assert.False(_buffer.Add(offer, 1, _now));
        Assert.Empty(_buffer.Held);
    }

    [Fact]
    public void FinishWaiting_AfterARestart_LeavesTheOthersToCompute()
    {
        Add(1, units: 5, unitSeconds: 1);
        Assert.True(_buffer.FinishWaiting(Offers.Grant(1, 1), 2));
        Assert.False(_buffer.FinishWaiting(Offers.Grant(1, 1), 2));
        Assert.False(_buffer.FinishWaiting(Offers.Grant(1, 1), 99));
        _buffer.Ready(new JobId(1));
        Assert.Equal([0, 1, 3, 4], Enumerable.Range(0, 4).Select(_ => Take()!.UnitAt(0)));
        Assert.Null(Take());
    }

    private UnitBatch? Take() => _buffer.Take(null, urgentOnly: false, _now);

    private long _sequence;

    private void Add(long job, int units, double unitSeconds) =>
        Assert.True(
            _buffer.Add(Offers.Of(Offers.Grant(job, ++_sequence), new UnitRun(0, units)), unitSeconds, _now));
}
