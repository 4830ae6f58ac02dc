using GridVolunteer.Coordination.Entities;
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
    public void Exchange_ThatCompletesTheShard_ClosesIt()
    {
        var rig = new ShardRig(20, isLastLevel: true);
        rig.Report(1, rig.Lease(1)!);
        rig.Report(2, rig.Lease(2)!);
        var summary = Assert.IsType<ShardClosedNotice>(Assert.Single(rig.Notices)).Summary;
        Assert.Equal(new ShardSummary(rig.Plan.Shard, 20, 0, 0, new CanonicalRun(new UnitRun(0, 1), 1, 0), null), summary);
        Assert.True(rig.Shard.IsClosed);
        Assert.Equal(20, rig.Canonical().Count);
        Assert.Equal(rig.Snapshot(), ShardRig.Snapshot(rig.Replay()));
    }
}
