using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>The tail of a shard: slow units get a second copy when nothing else is left.</summary>
public sealed class SecondCopyTests
{
    [Fact]
    public void SlowUnits_WhenNothingElseIsLeft_GetOneSecondCopy()
    {
        var rig = new ShardRig(20);
        var slow = rig.Lease(1, expectedSeconds: 1)!;
        rig.Pass(1);
        var other = rig.Lease(2, expectedSeconds: 1)!;
        Assert.Equal(rig.Now + TimeSpan.FromSeconds(19), rig.Status.NextTick);
        rig.Pass(18.9);
        rig.Report(2, other);
        Assert.False(rig.Status.WantsSecondCopies);
        Assert.Null(rig.Lease(2));
        rig.Pass(0.1);
        Assert.True(rig.Status.WantsSecondCopies);
        Assert.Null(rig.Lease(1));
        var copy = rig.Lease(2, unitsMax: 8)!;
        Assert.True(copy.Urgent);
        Assert.Equal([new UnitRun(0, 8)], copy.Runs);
        Assert.Equal([new UnitRun(8, 2)], rig.Lease(3)!.Runs);
        Assert.False(rig.Status.WantsSecondCopies);
        Assert.Null(rig.Lease(4));

        // The first result wins; the other is not needed.
        Assert.Equal(8, rig.Report(2, copy).Accepted);
        var outcome = rig.Report(1, slow);
        Assert.Equal((2, 8), (outcome.Accepted, outcome.Ignored));
        Assert.Equal((20, 0), (rig.Status.Validated, rig.Status.Reassigned));
    }

    [Fact]
    public void SecondCopies_GoToTheOldestGrantFirst()
    {
        var rig = new ShardRig(20);
        rig.Lease(1, unitsMax: 10, expectedSeconds: 0.1);
        rig.Lease(2, unitsMax: 10, expectedSeconds: 0.1);
        rig.Pass(30);
        Assert.Equal([new UnitRun(0, 10)], rig.Lease(3)!.Runs);
        Assert.Equal([new UnitRun(10, 10)], rig.Lease(1)!.Runs);
    }

    [Fact]
    public void SecondCopies_BeforeThreeSeconds_AreNotGiven()
    {
        var rig = new ShardRig(1);
        rig.Lease(1, expectedSeconds: 0.001);
        rig.Pass(2.9);
        Assert.Null(rig.Lease(2));
        rig.Pass(0.1);
        Assert.NotNull(rig.Lease(2));
    }

    [Fact]
    public void SlowUnits_AreMeasuredByWhatOthersTook()
    {
        var rig = new ShardRig(20);
        rig.Lease(1, expectedSeconds: 0.1);
        var other = rig.Lease(2, expectedSeconds: 0.1)!;
        rig.Report(2, new Protocol.Work.GrantReport
        {
            Grant = other.Grant,
            Runs = other.Runs,
            Results = ShardRig.Pack(Enumerable.Repeat(ShardRig.Result("x"), 10)),
            ComputeSeconds = 50,
        });
        rig.Pass(99);
        Assert.Null(rig.Lease(2));
        rig.Pass(1);
        Assert.NotNull(rig.Lease(2));
    }

    [Fact]
    public void SecondCopy_ThatIsLost_MayBeGivenAgain()
    {
        var rig = new ShardRig(1);
        rig.Lease(1);
        rig.Pass(30);
        Assert.NotNull(rig.Lease(2));
        Assert.Null(rig.Lease(3));
        rig.Lose(2);
        Assert.NotNull(rig.Lease(3));
    }

    [Fact]
    public void SlowReplica_UnderAQuorum_GetsASecondCopyFromAThird()
    {
        var rig = new ShardRig(5, quorum: 2);
        var quick = rig.Lease(1)!;
        rig.Lease(2);
        rig.Report(1, quick);
        rig.Pass(60);
        Assert.Null(rig.Lease(1));
        var copy = rig.Lease(3)!;
        Assert.True(copy.Urgent);
        Assert.Equal(5, rig.Report(3, copy).Accepted);
        Assert.Equal(5, rig.Status.Validated);
    }
}
