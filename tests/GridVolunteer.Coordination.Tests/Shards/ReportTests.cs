using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>What a shard takes in.</summary>
public sealed class ReportTests
{
    [Fact]
    public void Report_OfAWholeGrant_MakesItValidInOneRow()
    {
        var rig = new ShardRig(20);
        var outcome = rig.Report(1, rig.Lease(1)!, u => $"result {u}");
        Assert.Equal((10, 0, null), (outcome.Accepted, outcome.Ignored, outcome.Refusal));
        Assert.Equal([new CanonicalRun(new UnitRun(0, 10), 1, 0)], All(rig));
        Assert.Equal("result 7", rig.Canonical()[7]);
        Assert.Equal([new UnitRun(0, 10)], Assert.Single(rig.Events, e => e.Kind == "validated").Runs);
    }

    [Fact]
    public void Report_InParts_IsTakenPartByPart()
    {
        var rig = new ShardRig(10);
        var grant = rig.Lease(1)!;
        rig.Report(1, grant, null, new UnitRun(2, 3), new UnitRun(8, 1));
        Assert.Equal((4, 6), (rig.Status.Validated, rig.Status.Running));
        rig.Report(1, grant, null, new UnitRun(0, 2), new UnitRun(5, 3), new UnitRun(9, 1));
        Assert.Equal(10, rig.Status.Validated);
        Assert.Equal(
            [new CanonicalRun(new(3, 2), 1, 1), new CanonicalRun(new(5, 3), 2, 2), new CanonicalRun(new(8, 1), 1, 3)],
            rig.Do(t => rig.Shard.Canonical(new UnitRun(3, 6), t)));
    }

    [Fact]
    public void Report_Repeated_IsIgnoredAndStoresNothing()
    {
        var rig = new ShardRig(20);
        var grant = rig.Lease(1)!;
        rig.Report(1, grant);
        var (records, rows) = (rig.Journal.Count, rig.Rows.Count);
        var outcome = rig.Report(1, grant, u => "another result");
        Assert.Equal((0, 10, null), (outcome.Accepted, outcome.Ignored, outcome.Refusal));
        Assert.Equal((records, rows), (rig.Journal.Count, rig.Rows.Count));
    }

    [Fact]
    public void Report_OfUnitsPartlyDecided_StoresOnlyTheOthers()
    {
        var rig = new ShardRig(10);
        var first = rig.Lease(1)!;
        rig.Lose(1);
        var second = rig.Lease(2)!;
        rig.Report(1, first, u => $"first {u}", new UnitRun(2, 2), new UnitRun(6, 1));
        var outcome = rig.Report(2, second, u => $"second {u}");
        Assert.Equal((7, 3), (outcome.Accepted, outcome.Ignored));
        Assert.Equal([new UnitRun(0, 2), new UnitRun(4, 2), new UnitRun(7, 3)], rig.Rows[2].Runs);
        var results = rig.Canonical();
        Assert.Equal(("second 5", "first 6", "second 7"), (results[5], results[6], results[7]));
    }

    [Theory]
    [InlineData(0, 2, "was not in this grant")]
    [InlineData(-5, 2, "not within shard")]
    [InlineData(200_000, 1, "not within shard")]
    [InlineData(10, 0, "not within shard")]
    [InlineData(15, 10, "was not in this grant")]
    public void Report_OfForeignUnits_IsRefusedAsAWhole(long start, int count, string why)
    {
        var rig = new ShardRig(40);
        rig.Lease(2);
        var grant = rig.Lease(1)!;
        Refused(rig, 1, why, new GrantReport
        {
            Grant = grant.Grant,
            Runs = [new UnitRun(start, count)],
            Results = ShardRig.Pack(Enumerable.Repeat(ShardRig.Result("x"), Math.Max(0, count))),
        });
    }

    [Fact]
    public void Report_OfAnothersGrant_IsRefused()
    {
        var rig = new ShardRig(40);
        var grant = rig.Lease(1)!;
        rig.Lease(2);
        var report = new GrantReport { Grant = grant.Grant, Returned = grant.Runs };
        Refused(rig, 2, "was never this volunteer's", report);
        Refused(rig, 3, "was never this volunteer's", report);
        Refused(rig, 1, "no grant", report with { Grant = new GrantId(rig.Plan.Shard, 3) });
        Refused(rig, 1, "is not of shard", report with { Grant = new GrantId(new ShardId(new JobId(2), 0, 0), 1) });
    }

    [Fact]
    public void Report_WithRunsOutOfOrder_IsRefused()
    {
        var rig = new ShardRig(40);
        var grant = rig.Lease(1)!;
        Refused(rig, 1, "not behind the run before it", new GrantReport
        {
            Grant = grant.Grant,
            Runs = [new UnitRun(4, 2), new UnitRun(5, 1)],
            Results = Packed(3),
        });
    }

    [Fact]
    public void Report_WithTooFewTooManyOrBrokenResults_IsRefused()
    {
        var rig = new ShardRig(40);
        var grant = rig.Lease(1)!;
        var report = new GrantReport { Grant = grant.Grant, Runs = grant.Runs };
        Refused(rig, 1, "malformed at entry 9 of 10", report with { Results = Packed(9) });
        Refused(rig, 1, "more results than the 10", report with { Results = Packed(11) });
        Refused(rig, 1, "malformed at entry 9", report with { Results = Packed(10).AsMemory(0, 69) });
        Refused(rig, 1, "malformed at entry 0", report);
    }

    [Fact]
    public void Report_ThatNamesAUnitTwice_IsRefused()
    {
        var rig = new ShardRig(40);
        var grant = rig.Lease(1)!;
        UnitFailure Failure(long unit) => new(unit, UnitFailureKind.Threw, "x");
        var report = new GrantReport { Grant = grant.Grant, Runs = [new UnitRun(0, 2)], Results = Packed(2) };
        Refused(rig, 1, "named twice", report with { Failures = [Failure(1)] });
        Refused(rig, 1, "named twice", report with { Failures = [Failure(3), Failure(3)] });
        Refused(rig, 1, "named twice", report with { Returned = [new UnitRun(1, 4)] });
        Refused(rig, 1, "Unit 10 was not in", report with { Failures = [Failure(10)] });
        Refused(rig, 1, "no known way", report with { Failures = [new UnitFailure(4, (UnitFailureKind)77, "x")] });
    }

    [Fact]
    public void Report_AfterItsGrantWasTakenBack_StillCounts()
    {
        var rig = new ShardRig(10);
        var grant = rig.Lease(1)!;
        rig.Reconcile(1, [], grant.Grant.Sequence);
        Assert.Equal(10, rig.Status.Returned);
        Assert.Equal(10, rig.Report(1, grant).Accepted);
        Assert.Equal(10, rig.Status.Validated);
    }

    [Fact]
    public void Report_AfterTheShardClosed_IsIgnored()
    {
        var rig = new ShardRig(10);
        var grant = rig.Lease(1)!;
        rig.Report(1, grant);
        Assert.True(rig.Shard.IsClosed);
        var outcome = rig.Report(1, grant);
        Assert.Equal((0, 10, null), (outcome.Accepted, outcome.Ignored, outcome.Refusal));
        Assert.Null(rig.Lease(2));
        Assert.Single(rig.Notices.OfType<ShardClosedNotice>());
    }

    [Fact]
    public void Exchange_BeforeTheShardIsOpen_TakesAndGivesNothing()
    {
        var rig = new ShardRig(10);
        var grant = rig.Lease(1)!;
        var unopened = new WorkShard(rig.Plan.Shard);
        var report = new GrantReport { Grant = grant.Grant, Returned = grant.Runs };
        var answer = rig.Do(t => unopened.Exchange(
            new ShardExchange(ShardRig.Peer(1), [report], rig.Request(5)), t));
        Assert.Contains("not open", answer.Outcomes[0].Refusal, StringComparison.Ordinal);
        Assert.Null(answer.Grant);
        Assert.Equal(0, answer.Status.UnitCount);
    }

    [Fact]
    public void Exchange_TakesReportsBeforeItGrants()
    {
        var rig = new ShardRig(10);
        var grant = rig.Lease(1)!;
        var report = new GrantReport { Grant = grant.Grant, Returned = [new UnitRun(0, 10)] };
        rig.Lease(2);
        var answer = rig.Do(t => rig.Shard.Exchange(
            new ShardExchange(ShardRig.Peer(1), [report], rig.Request(4)), t));
        Assert.Equal([new UnitRun(0, 4)], answer.Grant!.Runs);
        Assert.Equal(6, answer.Status.Returned);
    }

    private static IReadOnlyList<CanonicalRun> All(ShardRig rig) =>
        rig.Do(t => rig.Shard.Canonical(new UnitRun(0, rig.Plan.UnitCount), t));

    private static byte[] Packed(int count) =>
        ShardRig.Pack(Enumerable.Repeat(ShardRig.Result("result"), count));

    private static void Refused(ShardRig rig, int volunteer, string why, GrantReport report)
    {
        var (before, records) = (rig.Snapshot(), rig.Journal.Count);
        var outcome = rig.Report(volunteer, report);
        Assert.Contains(why, outcome.Refusal, StringComparison.Ordinal);
        Assert.Equal((0, 0), (outcome.Accepted, outcome.Ignored));
        Assert.Equal(before, rig.Snapshot());
        Assert.Equal(records, rig.Journal.Count);
    }
}
