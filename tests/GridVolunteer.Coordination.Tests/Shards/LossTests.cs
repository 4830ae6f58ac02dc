using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>Volunteers that fall silent, come back, or leave.</summary>
public sealed class LossTests
{
    [Fact]
    public void SilentVolunteer_LosesItsUnitsToAnotherAtOnce()
    {
        var rig = new ShardRig(20);
        rig.Lease(1);
        rig.Lose(1);
        Assert.Equal((10, 10, 20L), (rig.Status.Returned, rig.Status.Fresh, rig.Status.CopiesWanted));
        var lost = Assert.Single(rig.Events, e => e.Kind == "lost");
        Assert.Equal(("silent", ShardRig.Peer(1)), (lost.State, lost.Peer!.Value));
        Assert.Equal([new UnitRun(0, 10)], lost.Runs);

        var taken = rig.Lease(2)!;
        Assert.True(taken.Urgent);
        rig.Report(2, taken);
        Assert.Equal((10, 10), (rig.Status.Validated, rig.Status.Reassigned));
        var told = Assert.Single(rig.Events, e => e.Kind == "reassigned");
        Assert.Equal((ShardRig.Peer(1), ShardRig.Peer(2)), (told.From!.Value, told.Peer!.Value));
        Assert.Equal([new UnitRun(0, 10)], told.Runs);
    }

    [Fact]
    public void SilentVolunteer_WhoseResultComesFirst_IsNotReassigned()
    {
        var rig = new ShardRig(10);
        var grant = rig.Lease(1)!;
        rig.Lose(1);
        var copy = rig.Lease(2)!;
        Assert.Equal(10, rig.Report(1, grant).Accepted);
        Assert.Equal(10, rig.Status.Validated);
        Assert.Equal(0, rig.Status.Reassigned);
        Assert.Equal(10, rig.Report(2, copy).Ignored);
    }

    [Fact]
    public void Goodbye_GivesUnitsBackWithoutCallingThemLost()
    {
        var rig = new ShardRig(10);
        rig.Lease(1);
        rig.Lose(1, LossReason.Goodbye);
        var taken = rig.Lease(2)!;
        Assert.False(taken.Urgent);
        rig.Report(2, taken);
        Assert.Equal((10, 0), (rig.Status.Validated, rig.Status.Reassigned));
        Assert.DoesNotContain(rig.Events, e => e.Kind == "reassigned");
    }

    [Fact]
    public void Lose_OfAVolunteerWithNothingLive_StoresNothing()
    {
        var rig = new ShardRig(10);
        rig.Lease(1);
        rig.Lose(1);
        var records = rig.Journal.Count;
        rig.Lose(1);
        rig.Lose(7);
        Assert.Equal(records, rig.Journal.Count);
    }

    [Fact]
    public void Heartbeat_CancelsTheSuspicionWhereNobodyElseGotTheUnits()
    {
        var rig = new ShardRig(10);
        var grant = rig.Lease(1)!;
        rig.Lose(1);
        var copy = rig.Lease(2, unitsMax: 4)!;
        var answer = rig.Reconcile(1, [grant.Grant.Sequence]);
        Assert.Empty(answer.Void);
        Assert.Equal((10, 0L), (rig.Status.Running, rig.Status.CopiesWanted));

        // Six are its own again. Of the other four a result still counts, and the second volunteer loses two
        // of them.
        rig.Report(2, copy, null, new UnitRun(0, 2));
        Assert.Equal(2, rig.Status.Reassigned);
        rig.Lose(2);
        Assert.Equal(2, rig.Status.CopiesWanted);
        Assert.Equal((8, 4), (rig.Report(1, grant).Accepted, rig.Status.Reassigned));
    }

    [Fact]
    public void Heartbeat_AfterWhichTheVolunteerStillFinishesNothing_LosesOnlyWhatIsItsOwn()
    {
        var rig = new ShardRig(10);
        var grant = rig.Lease(1)!;
        rig.Lose(1);
        rig.Reconcile(1, [grant.Grant.Sequence]);
        rig.Lose(1, LossReason.Goodbye);
        rig.Report(2, rig.Lease(2)!);
        Assert.Equal(0, rig.Status.Reassigned);
    }

    [Fact]
    public void Heartbeat_PastTheDeadline_DoesNotReviveTheGrant()
    {
        var rig = new ShardRig(10);
        var grant = rig.Lease(1)!;
        rig.Pass(100);
        rig.Tick();
        var answer = rig.Reconcile(1, [grant.Grant.Sequence]);
        Assert.Empty(answer.Void);
        Assert.Equal(10, rig.Status.Returned);
        Assert.Equal(10, rig.Report(1, grant).Accepted);
    }

    [Fact]
    public void Heartbeat_WithoutAGrantThatItCallsDropped_ReturnsTheUnits()
    {
        var rig = new ShardRig(20);
        var dropped = rig.Lease(1)!;
        var kept = rig.Lease(1)!;
        var answer = rig.Reconcile(1, [kept.Grant.Sequence], dropped.Grant.Sequence);
        Assert.Empty(answer.Void);
        Assert.Empty(answer.Others);
        Assert.Equal((10, 10), (rig.Status.Returned, rig.Status.Running));
        Assert.Equal([new UnitRun(0, 10)], rig.Lease(2)!.Runs);
        Assert.Equal(0, rig.Status.Reassigned);
    }

    [Fact]
    public void Heartbeat_WithAGrantInNeitherList_LeavesItAloneAndNamesIt()
    {
        var rig = new ShardRig(20);
        var first = rig.Lease(1)!;
        var onItsWay = rig.Lease(1)!;
        var answer = rig.Reconcile(1, [first.Grant.Sequence]);
        Assert.Equal([onItsWay.Grant.Sequence], answer.Others);
        Assert.Equal(20, rig.Status.Running);
        rig.Lose(1);
        Assert.Equal([onItsWay.Grant.Sequence], rig.Reconcile(1, [first.Grant.Sequence]).Others);
    }

    [Fact]
    public void Heartbeat_WithGrantsThatAreOver_HearsThatTheyAreVoid()
    {
        var rig = new ShardRig(30);
        var done = rig.Lease(1)!;
        rig.Report(1, done);
        var overtaken = rig.Lease(1)!;
        rig.Lose(1);
        rig.Report(2, rig.Lease(2)!);
        var others = rig.Lease(2)!;
        Assert.Equal(
            [done.Grant.Sequence, overtaken.Grant.Sequence, others.Grant.Sequence, 99],
            rig.Reconcile(1, [done.Grant.Sequence, overtaken.Grant.Sequence, others.Grant.Sequence, 99]).Void);
        Assert.Equal([5], rig.Reconcile(8, [5]).Void);
    }

    [Fact]
    public void TwoVolunteersThatLoseAUnit_AreReassignedOnce()
    {
        var rig = new ShardRig(4);
        rig.Lease(1);
        rig.Lose(1);
        rig.Lease(2, unitsMax: 2);
        rig.Lose(2);
        rig.Report(3, rig.Lease(3)!);
        Assert.Equal(4, rig.Status.Reassigned);
        Assert.Equal(4, rig.Events.Where(e => e.Kind == "reassigned").Sum(e => e.Runs.Sum(r => r.Count)));
    }

    [Fact]
    public void LostUnits_AreStillCountedAfterTheirVolunteerForgotThem()
    {
        var rig = new ShardRig(4);
        var grant = rig.Lease(1)!;
        rig.Lose(1);
        rig.Reconcile(1, [], grant.Grant.Sequence);
        rig.Report(2, rig.Lease(2)!);
        Assert.Equal(4, rig.Status.Reassigned);
    }
}
