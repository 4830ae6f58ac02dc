using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>Which units a volunteer gets, and for how long.</summary>
public sealed class LeaseTests
{
    [Fact]
    public void Lease_OfAFreshShard_GetsRunsInOrder()
    {
        var rig = new ShardRig(25, number: 2);
        var first = 2L * WorkGeometry.UnitsPerShard;
        Assert.Equal([new UnitRun(first, 10)], rig.Lease(1)!.Runs);
        Assert.Equal([new UnitRun(first + 10, 10)], rig.Lease(2)!.Runs);
        Assert.Equal([new UnitRun(first + 20, 5)], rig.Lease(1)!.Runs);
        Assert.Null(rig.Lease(3));
        Assert.Equal((0, 25, 0L), (rig.Status.Fresh, rig.Status.Running, rig.Status.CopiesWanted));
    }

    [Fact]
    public void Lease_WithTheSameRequest_GetsTheSameGrant()
    {
        var rig = new ShardRig(25);
        var grant = rig.Lease(1, request: "a")!;
        var again = rig.Lease(1, request: "a")!;
        Assert.Equal(grant.Grant, again.Grant);
        Assert.Equal(grant.Runs, again.Runs);
        Assert.Equal(grant.Lease, again.Lease);
        rig.Restart();
        Assert.Equal(grant.Grant, rig.Lease(1, request: "a")!.Grant);
        Assert.NotEqual(grant.Grant, rig.Lease(1, request: "b")!.Grant);
        Assert.NotEqual(grant.Grant, rig.Lease(2, request: "a")!.Grant);
    }

    [Fact]
    public void Lease_UnderAQuorum_GivesEachVolunteerTheSameRunOnce()
    {
        var rig = new ShardRig(30, quorum: 2);
        Assert.Equal([new UnitRun(0, 10)], rig.Lease(1)!.Runs);
        Assert.Equal([new UnitRun(10, 10)], rig.Lease(1)!.Runs);
        Assert.Equal([new UnitRun(0, 10)], rig.Lease(2)!.Runs);
        Assert.Equal([new UnitRun(10, 10)], rig.Lease(3)!.Runs);
        Assert.Equal([new UnitRun(20, 10)], rig.Lease(3)!.Runs);
        Assert.Null(rig.Lease(3));
        Assert.Equal(10, rig.Status.CopiesWanted);
    }

    [Fact]
    public void Lease_WhileReplicasAreMissing_DoesNotFillThemUpWithFreshUnits()
    {
        var rig = new ShardRig(30, quorum: 2);
        rig.Lease(1, unitsMax: 4);
        Assert.Equal([new UnitRun(0, 4)], rig.Lease(2, unitsMax: 10)!.Runs);
    }

    [Fact]
    public void Lease_TakesUnitsGivenBackBeforeFreshOnes()
    {
        var rig = new ShardRig(30);
        var grant = rig.Lease(1, unitsMax: 5)!;
        rig.Lease(2, unitsMax: 5);
        rig.Return(1, grant);
        Assert.Equal((5, 5, 20), (rig.Status.Returned, rig.Status.Running, rig.Status.Fresh));
        var next = rig.Lease(2, unitsMax: 8)!;
        Assert.Equal([new UnitRun(0, 5), new UnitRun(10, 3)], next.Runs);
        Assert.False(next.Urgent);
    }

    [Fact]
    public void Lease_OfWhatAVolunteerGaveBackItself_ComesAfterFreshUnits()
    {
        var rig = new ShardRig(10);
        rig.Return(1, rig.Lease(1, unitsMax: 5)!);
        Assert.Equal([new UnitRun(5, 5)], rig.Lease(1, unitsMax: 10)!.Runs);
        Assert.Equal([new UnitRun(0, 5)], rig.Lease(1, unitsMax: 10)!.Runs);
        Assert.Null(rig.Lease(1));
    }

    [Fact]
    public void Lease_PrefersWhatWasLostAndCallsItUrgent()
    {
        var rig = new ShardRig(30, quorum: 2);
        rig.Lease(1);
        rig.Lease(2, unitsMax: 3);
        rig.Lease(2, unitsMax: 3);
        rig.Lose(2);
        var taken = rig.Lease(3)!;
        Assert.True(taken.Urgent);
        Assert.Equal([new UnitRun(0, 6)], taken.Runs);
        var replicas = rig.Lease(4)!;
        Assert.False(replicas.Urgent);
        Assert.Equal([new UnitRun(6, 4)], replicas.Runs);
    }

    [Fact]
    public void Deadline_IsFourTimesTheExpectedTimeOfTheBacklogAndAtLeastAMinute()
    {
        var rig = new ShardRig(1000);
        Assert.Equal(TimeSpan.FromSeconds(60 + 10), rig.Lease(1, 10, expectedSeconds: 0.1)!.Lease);
        Assert.Equal(TimeSpan.FromSeconds((4 * 20 * 30) + 10), rig.Lease(2, 20, expectedSeconds: 30)!.Lease);
        Assert.Equal(TimeSpan.FromSeconds((4 * 30 * 30) + 10), rig.Lease(2, 10, expectedSeconds: 30)!.Lease);
        Assert.Equal(
            TimeSpan.FromDays(7) + TimeSpan.FromSeconds(10), rig.Lease(3, 10, expectedSeconds: 1e9)!.Lease);
    }

    [Fact]
    public void Deadline_WhenItPasses_GivesTheUnitsToAnotherAndTheLateResultStillCounts()
    {
        var rig = new ShardRig(15);
        var late = rig.Lease(1)!;
        Assert.Equal(rig.Now + late.Lease, rig.Status.NextTick);
        rig.Pass(69.9);
        rig.Tick();
        Assert.Equal(10, rig.Status.Running);
        rig.Pass(0.1);
        rig.Tick();
        Assert.Equal((10, 15L), (rig.Status.Returned, rig.Status.CopiesWanted));
        Assert.Equal("deadline", Assert.Single(rig.Events, e => e.Kind == "lost").State);
        Assert.Equal([new UnitRun(10, 5)], rig.Lease(1)!.Runs);
        Assert.Null(rig.Lease(1));
        Assert.True(rig.Lease(2)!.Urgent);
        Assert.Equal(10, rig.Report(1, late).Accepted);
        Assert.Equal((10, 0), (rig.Status.Validated, rig.Status.Reassigned));
    }

    [Fact]
    public void Tick_WithNothingDue_StoresNothingAndLooksForward()
    {
        var rig = new ShardRig(20);
        var first = rig.Lease(1)!;
        rig.Pass(30);
        var second = rig.Lease(2)!;
        rig.Report(1, first);
        var records = rig.Journal.Count;
        rig.Pass(40);
        rig.Tick();
        Assert.Equal(records, rig.Journal.Count);
        Assert.Equal(rig.Now - TimeSpan.FromSeconds(40) + second.Lease, rig.Shard.NextTick);
    }

    [Fact]
    public void Lease_ByTwoVolunteers_NeverExceedsWhatIsLeft()
    {
        var rig = new ShardRig(65_536);
        Assert.Equal([new UnitRun(0, 65_000)], rig.Lease(1, unitsMax: 65_000)!.Runs);
        Assert.Equal([new UnitRun(65_000, 536)], rig.Lease(2, unitsMax: 65_000)!.Runs);
    }

    [Fact]
    public void Lease_OfNoUnits_GetsNothing() => Assert.Null(new ShardRig(5).Lease(1, unitsMax: 0));

    [Fact]
    public void Lease_TellsTheLiveStreamOnce()
    {
        var rig = new ShardRig(20);
        rig.Lease(1, request: "a");
        rig.Lease(1, request: "a");
        var told = Assert.Single(rig.Events);
        Assert.Equal(("leased", ShardRig.Peer(1)), (told.Kind, told.Peer!.Value));
        Assert.Equal([new UnitRun(0, 10)], told.Runs);
        Assert.Equal((new JobId(1), 0, rig.Now), (told.Job!.Value, told.Level, told.At));
    }
}
