using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>A shard opens, restarts, closes or is ended.</summary>
public sealed class ShardLifeTests
{
    [Fact]
    public void Open_ASecondTime_ChangesNothing()
    {
        var rig = new ShardRig(10);
        rig.Lease(1);
        Assert.Equal(10, rig.Do(t => rig.Shard.Open(rig.Plan with { UnitCount = 99 }, t)).Running);
        Assert.Equal(2, rig.Journal.Count);
        Assert.Empty(rig.Notices);
    }

    [Fact]
    public void Open_WithAPlanForAnotherShardOrOutOfBounds_Throws()
    {
        var shard = new WorkShard(new ShardId(new JobId(1), 0, 5));
        var plan = new ShardRig(10).Plan;
        Assert.Throws<ArgumentException>(() => shard.Open(plan, new Turn()));
        var mine = plan with { Shard = shard.Id };
        Assert.Throws<ArgumentOutOfRangeException>(() => shard.Open(mine with { Quorum = 7 }, new Turn()));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => shard.Open(mine with { UnitCount = 65_537 }, new Turn()));
    }

    [Fact]
    public void ClosedShard_SaysSoAgainWhenOpenedOrRecovered()
    {
        var rig = new ShardRig(20, isLastLevel: true);
        rig.Report(1, rig.Lease(1)!);
        rig.Report(2, rig.Lease(2)!);
        var expected = new ShardSummary(
            rig.Plan.Shard, 20, 0, 0, new CanonicalRun(new UnitRun(0, 1), 1, 0), null);
        Assert.Equal(expected, Assert.IsType<ShardClosedNotice>(Assert.Single(rig.Notices)).Summary);
        rig.Restart();
        rig.Do(t => rig.Shard.Open(rig.Plan, t));
        Assert.Equal(
            [expected, expected, expected], rig.Notices.Cast<ShardClosedNotice>().Select(n => n.Summary));
        Assert.Null(rig.Shard.NextTick);
        Assert.Equal(20, rig.Canonical().Count);
    }

    [Fact]
    public void ClosedShard_KeepsLittle()
    {
        var rig = new ShardRig(65_536, quorum: 2);
        for (var i = 0; i < 16; i++)
        {
            var (first, second) = (rig.Lease(1, 4096)!, rig.Lease(2, 4096)!);
            rig.Report(1, first);
            rig.Report(2, second);
        }

        Assert.True(rig.Shard.IsClosed);
        Assert.InRange(rig.Snapshot().Length, 1, 300);
        Assert.Equal(rig.Snapshot(), ShardRig.Snapshot(rig.Replay(rig.Snapshot(), rig.Journal.Count)));
    }

    [Fact]
    public void Recovery_RestartsDeadlinesAndNamesTheHolders()
    {
        var rig = new ShardRig(30);
        var grant = rig.Lease(1)!;
        rig.Lease(2);
        rig.Lease(3);
        rig.Lose(2);
        rig.Pass(10_000);
        rig.Restart();
        var holders = Assert.IsType<HoldersNotice>(Assert.Single(rig.Notices));
        Assert.Equal([ShardRig.Peer(1), ShardRig.Peer(2), ShardRig.Peer(3)], holders.Holders);
        Assert.Equal(rig.Now + grant.Lease, rig.Shard.NextTick);
        rig.Tick();
        Assert.Equal((20, 10), (rig.Status.Running, rig.Status.Returned));
        rig.Pass(70);
        rig.Tick();
        Assert.Equal(30, rig.Status.Returned);
    }

    [Fact]
    public void Recovery_DoesNotMakeRunningUnitsSlow()
    {
        var rig = new ShardRig(10);
        rig.Lease(1, expectedSeconds: 0.1);
        rig.Pass(1000);
        rig.Restart();
        Assert.Null(rig.Lease(2));
        rig.Pass(3);
        Assert.NotNull(rig.Lease(2));
    }

    [Fact]
    public void EndedShard_TakesAndGivesNothingButKeepsWhatIsValid()
    {
        var rig = new ShardRig(30);
        rig.Report(1, rig.Lease(1)!);
        var grant = rig.Lease(1)!;
        rig.Do(End);
        rig.Do(End);
        Assert.Equal(8, rig.Journal[^1][0]);
        Assert.Single(rig.Journal, r => r[0] == 8);
        Assert.Equal([ShardRig.Peer(1)], Assert.Single(rig.Notices.OfType<HoldersNotice>()).Holders);
        Assert.Equal(2, rig.Notices.OfType<ShardClosedNotice>().Count());
        rig.Notices.Clear();
        Assert.Equal((0, 10), (rig.Report(1, grant).Accepted, rig.Report(1, grant).Ignored));
        Assert.Null(rig.Lease(2));
        Assert.Equal([grant.Grant.Sequence], rig.Reconcile(1, [grant.Grant.Sequence]).Void);
        var s = rig.Status;
        Assert.True(s.IsClosed);
        Assert.Equal((10, 10, 10, 0L), (s.Validated, s.Running, s.Fresh, s.CopiesWanted));
        rig.Restart();
        rig.Do(t => rig.Shard.Open(rig.Plan, t));
        Assert.Empty(rig.Notices);
        Assert.Equal(10, rig.Canonical().Count);

        int End(Turn turn)
        {
            rig.Shard.End(turn);
            return 0;
        }
    }

    [Fact]
    public void RemindedShard_NamesItsHoldersAndChangesNothing()
    {
        var rig = new ShardRig(30);
        rig.Lease(1);
        rig.Lease(2);
        var journal = rig.Journal.Count;
        rig.Notices.Clear();
        rig.Do(turn =>
        {
            rig.Shard.Remind(turn);
            return 0;
        });
        var holders = Assert.IsType<HoldersNotice>(Assert.Single(rig.Notices));
        Assert.Equal([ShardRig.Peer(1), ShardRig.Peer(2)], holders.Holders);
        Assert.Equal(journal, rig.Journal.Count);
    }

    [Fact]
    public void ClosedShard_TellsWhoStillComputesACopy()
    {
        var rig = new ShardRig(10);
        rig.Lease(1);
        rig.Lose(1);
        rig.Report(2, rig.Lease(2)!);
        Assert.True(rig.Status.IsClosed);
        Assert.Equal([ShardRig.Peer(1)], Assert.Single(rig.Notices.OfType<HoldersNotice>()).Holders);
    }

    [Fact]
    public void ShardEndedBeforeItOpened_StaysShut()
    {
        var plan = new ShardRig(10).Plan;
        var shard = new WorkShard(plan.Shard);
        var turn = new Turn();
        turn.Begin(DateTimeOffset.UnixEpoch);
        shard.End(turn);
        Assert.Equal(0, shard.Open(plan, turn).UnitCount);
        Assert.True(shard.IsClosed);
    }

    [Fact]
    public void OpenShard_CostsAByteAUnit()
    {
        var plan = new ShardRig(65_536).Plan;
        var turn = new Turn();
        turn.Begin(DateTimeOffset.UnixEpoch);
        new WorkShard(plan.Shard).Open(plan, turn);
        var shard = new WorkShard(plan.Shard);
        var before = GC.GetAllocatedBytesForCurrentThread();
        shard.Open(plan, turn);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 65_536, 65_536 + 4_096);
    }
}
