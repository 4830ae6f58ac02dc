using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Tests.Volunteers;

/// <content>Silence, goodbyes and what breaks them.</content>
public sealed partial class VolunteerTests
{
    [Fact]
    public void Silence_TellsEachShardOnceAndAHeartbeatTakesItBack()
    {
        Beat();
        Exchange("r1", grants: [Offer(1)]);

        var outcome = Silence();

        Assert.Equal([new LoseDuty(Shard, LossReason.Silent)], outcome.Duties);
        Assert.Equal("silent", outcome.Change!.State);
        Assert.Same(VolunteerOutcome.Nothing, _volunteer.Tick(_now));
        Assert.Null(_volunteer.NextTick);
        Assert.Null(_volunteer.Begin("r2", _now).Host);
        var back = Beat("r1", 1);
        Assert.Equal("alive", back.Change!.State);
        Assert.Equal([1L], Reconcile(back).Held);
    }

    [Fact]
    public void Silence_RightAfterAGrant_IsTakenBackAsWell()
    {
        Beat();
        _now += Options.HeartbeatLimit - TimeSpan.FromSeconds(1);
        _volunteer.End(Record("r1", [], [Offer(1)]), _now);
        _now += TimeSpan.FromSeconds(1);
        Assert.Single(_volunteer.Tick(_now).Duties);

        AssertLists(Reconcile(Beat("r1", 1)), held: [1L], dropped: []);
    }

    [Fact]
    public void Silence_BeforeAWaitingRequestIsAnswered_IsToldOfTheNewGrantToo()
    {
        Beat();
        Exchange("r1", grants: [Offer(1)]);
        _volunteer.Begin("r2", _now);
        Silence();

        var outcome = _volunteer.End(Record("r2", [], [Offer(2)]), _now);

        Assert.Equal([new LoseDuty(Shard, LossReason.Silent)], outcome.Duties);
    }

    [Fact]
    public void Silence_DoesNotCountAgainstAGrantThatMayBeOnItsWay()
    {
        Beat();
        Exchange("r1", grants: [Offer(1)]);
        Beat();
        Beat();
        Silence();

        AssertLists(Reconcile(Beat()), held: [1L], dropped: []);
    }

    [Fact]
    public void SilenceIsBrokenByAHeartbeatWithoutTheGrant_ItReturns()
    {
        Beat();
        Exchange("r1", grants: [Offer(1)]);
        Silence();

        var duty = Reconcile(Beat("r1"));

        AssertLists(duty, held: [], dropped: [1L]);
    }

    [Fact]
    public void Asking_IsASignOfLife()
    {
        Beat();
        _now += Options.HeartbeatLimit - TimeSpan.FromSeconds(1);
        _volunteer.Begin("r1", _now);
        _now += TimeSpan.FromSeconds(2);

        Assert.Null(_volunteer.Tick(_now).Change);
        Assert.Equal(_now - TimeSpan.FromSeconds(2) + Options.HeartbeatLimit, _volunteer.NextTick);
    }

    [Fact]
    public void Undone_LossIsToldAgain()
    {
        Beat();
        Exchange("r1", grants: [Offer(1)]);
        var duty = Assert.Single(Silence().Duties);

        _volunteer.Undone(duty, _now);

        Assert.Equal(_now + Options.HeartbeatInterval, _volunteer.NextTick);
        Assert.Equal([duty], _volunteer.Tick(_now).Duties);
        Assert.Empty(_volunteer.Tick(_now).Duties);
    }

    [Fact]
    public void Goodbye_GivesEverythingBackAtOnce()
    {
        Beat();
        Exchange("r1", grants: [Offer(1)]);

        var outcome = _volunteer.Beat(Heartbeat("r1") with { Goodbye = true }, _now);

        Assert.Equal([new LoseDuty(Shard, LossReason.Goodbye)], outcome.Duties);
        Assert.Equal("gone", outcome.Change!.State);
        Assert.Equal("gone", _volunteer.View()!.State);
        Assert.False(_volunteer.IsForgettable(_now));
        Assert.True(_volunteer.IsForgettable(_now + TimeSpan.FromHours(1)));
    }

    [Fact]
    public void GrantThatComesAfterTheGoodbye_GoesBackAtOnce()
    {
        Beat();
        _volunteer.Begin("r1", _now);
        _volunteer.Beat(Heartbeat(null) with { Goodbye = true }, _now);

        var outcome = _volunteer.End(Record("r1", [], [Offer(1)]), _now);

        Assert.Equal([new LoseDuty(Shard, LossReason.Goodbye)], outcome.Duties);
    }

    [Fact]
    public void Expected_OfAVolunteerThatNeverComes_IsLostAfterTheLimit()
    {
        _volunteer.Expect(Shard, _now);

        Assert.Equal(_now + Options.HeartbeatLimit, _volunteer.NextTick);
        Assert.Equal([new LoseDuty(Shard, LossReason.Silent)], Silence().Duties);
        _volunteer.Expect(Shard, _now);
        Assert.Single(_volunteer.Tick(_now).Duties);
    }
}
