using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>Units that fail.</summary>
public sealed class FailureTests
{
    [Fact]
    public void FailedUnit_IsRetriedOnAnotherVolunteer()
    {
        var rig = new ShardRig(5);
        var grant = rig.Lease(1)!;
        rig.Fail(1, grant, 2);
        Assert.Equal((4, 1, 0), (rig.Status.Running, rig.Status.Returned, rig.Status.Failed));
        Assert.Null(rig.Lease(1));
        var retry = rig.Lease(2)!;
        Assert.Equal([new UnitRun(2, 1)], retry.Runs);
        rig.Report(2, retry);
        Assert.Equal(1, rig.Status.Validated);
        var failure = Assert.Single(rig.Do(rig.Shard.Failures));
        Assert.Equal(new FailedUnit(0, 2, false, ShardRig.Peer(1), UnitFailureKind.Threw, "unit 2 is broken"), failure);
        var told = Assert.Single(rig.Events, e => e.Kind == "failed");
        Assert.Equal(("Threw: unit 2 is broken", ShardRig.Peer(1)), (told.State, told.Peer!.Value));
    }

    [Fact]
    public void Unit_ThatFailedOnFiveVolunteers_HasFailedForGood()
    {
        var rig = new ShardRig(2);
        for (var volunteer = 1; volunteer <= 5; volunteer++)
        {
            Assert.Equal(0, rig.Status.Failed);
            rig.Fail(volunteer, rig.Lease(volunteer, unitsMax: 1)!, 0);
        }

        Assert.Equal((1, 1), (rig.Status.Failed, rig.Status.Fresh));
        rig.Report(9, rig.Lease(9)!);
        var summary = Assert.IsType<ShardClosedNotice>(Assert.Single(rig.Notices)).Summary;
        Assert.Equal((1, 1, "unit 0 is broken"), (summary.Validated, summary.Failed, summary.FirstError));
        Assert.Equal(5, rig.Do(rig.Shard.Failures).Count(f => f.Final));
        Assert.Equal([new UnitRun(0, 1)], rig.Do(t => rig.Shard.Failed(new UnitRun(0, 2), t)));
    }

    [Fact]
    public void Unit_ThatFailsOnTheOnlyVolunteer_EndsAboutAMinuteLater()
    {
        var rig = new ShardRig(1);
        var start = rig.Now;
        rig.Fail(1, rig.Lease(1)!, 0);
        for (var attempt = 2; attempt <= RetryRules.AttemptsAmongFew; attempt++)
        {
            Assert.Null(rig.Lease(1));
            rig.Now = rig.Status.NextTick!.Value;
            rig.Tick();
            rig.Fail(1, rig.Lease(1)!, 0);
        }

        Assert.Equal(1, rig.Status.Failed);
        Assert.True(rig.Shard.IsClosed);
        Assert.Equal(TimeSpan.FromSeconds(60), rig.Now - start);
    }

    [Fact]
    public void OneBadVolunteer_DoesNotDecide_WhileAnotherComputes()
    {
        var rig = new ShardRig(2);
        var grant = rig.Lease(1, unitsMax: 1)!;
        rig.Lease(2, unitsMax: 1, expectedSeconds: 100_000);
        rig.Fail(1, grant, 0);
        for (var attempt = 2; attempt <= RetryRules.AttemptsMax; attempt++)
        {
            Assert.Equal(0, rig.Status.Failed);
            rig.Pass(15);
            rig.Fail(1, rig.Lease(1, unitsMax: 1)!, 0);
        }

        Assert.Equal((1, 1), (rig.Status.Running, rig.Status.Failed));
    }

    [Fact]
    public void Failure_ReportedTwice_CountsOnce()
    {
        var rig = new ShardRig(1);
        var grant = rig.Lease(1)!;
        rig.Fail(1, grant, 0);
        rig.Fail(1, grant, 0);
        Assert.Single(rig.Do(rig.Shard.Failures));
    }

    [Fact]
    public void Failure_OfADecidedUnit_ChangesNothing()
    {
        var rig = new ShardRig(2);
        var first = rig.Lease(1, unitsMax: 1)!;
        rig.Lose(1);
        rig.Report(2, rig.Lease(2, unitsMax: 1)!);
        rig.Fail(1, first, 0);
        Assert.Equal((1, 0), (rig.Status.Validated, rig.Status.Failed));
        Assert.Empty(rig.Do(rig.Shard.Failures));
    }

    [Fact]
    public void FailedUnit_UnderAQuorum_KeepsTheOtherResult()
    {
        var rig = new ShardRig(1, quorum: 2);
        rig.Report(1, rig.Lease(1)!);
        rig.Fail(2, rig.Lease(2)!, 0);
        Assert.Equal((1, 1L), (rig.Status.Pending, rig.Status.CopiesWanted));
        rig.Report(3, rig.Lease(3)!);
        Assert.Equal(1, rig.Status.Validated);
    }

    [Fact]
    public void Failures_AreKeptUpToAThousandAndTheirMessagesCut()
    {
        var rig = new ShardRig(1500);
        var grant = rig.Lease(1, unitsMax: 1500)!;
        rig.Report(1, new GrantReport
        {
            Grant = grant.Grant,
            Failures = [.. Enumerable.Range(0, 1200).Select(
                u => new UnitFailure(u, UnitFailureKind.TimedOut, new string('x', 5000)))],
        });
        var kept = rig.Do(rig.Shard.Failures);
        Assert.Equal(RetryRules.FailuresKeptMax, kept.Count);
        Assert.All(kept, f => Assert.Equal(RetryRules.MessageCharsMax, f.Message.Length));
        Assert.Equal(1200, rig.Status.Returned);
        Assert.Equal(rig.Snapshot(), ShardRig.Snapshot(rig.Replay()));
        Assert.Equal([new UnitRun(0, 1200)], Assert.Single(rig.Events, e => e.Kind == "failed").Runs);
    }

    [Fact]
    public void Message_CutInTheMiddleOfACharacter_StaysText()
    {
        var rig = new ShardRig(2);
        var grant = rig.Lease(1)!;
        var message = new string('x', RetryRules.MessageCharsMax - 1) + "😀";
        rig.Report(1, new GrantReport
        {
            Grant = grant.Grant,
            Failures = [new UnitFailure(0, UnitFailureKind.Threw, message)],
        });
        Assert.Equal(new string('x', RetryRules.MessageCharsMax - 1), rig.Do(rig.Shard.Failures)[0].Message);
    }
}
