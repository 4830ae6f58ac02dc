using System.Buffers;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>Quorums of two and more.</summary>
public sealed class AgreementTests
{
    private static readonly AgreementRule Within = new(AgreementKind.Numeric, 0.5);

    [Fact]
    public void EqualResultsOfTwoVolunteers_MakeUnitsValidWithoutASecondRow()
    {
        var rig = new ShardRig(10, quorum: 2);
        rig.Report(1, rig.Lease(1)!);
        Assert.Equal((10, 0), (rig.Status.Pending, rig.Status.Validated));
        var outcome = rig.Report(2, rig.Lease(2)!);
        Assert.Equal((10, 10), (outcome.Accepted, rig.Status.Validated));
        Assert.Single(rig.Rows);
        Assert.Equal(
            [new CanonicalRun(new UnitRun(0, 10), 1, 0)], rig.Do(t => rig.Shard.Canonical(new UnitRun(0, 10), t)));
    }

    [Fact]
    public void DifferentResults_WaitForAThirdVolunteer()
    {
        var rig = new ShardRig(10, quorum: 2);
        rig.Report(1, rig.Lease(1)!, u => u == 4 ? "wrong" : "right");
        rig.Report(2, rig.Lease(2)!, _ => "right");
        Assert.Equal((9, 1, 1L), (rig.Status.Validated, rig.Status.Pending, rig.Status.CopiesWanted));
        Assert.Null(rig.Lease(1));
        Assert.Null(rig.Lease(2));
        rig.Report(3, rig.Lease(3)!, _ => "right");
        Assert.Equal(10, rig.Status.Validated);
        Assert.All(rig.Canonical().Values, r => Assert.Equal("right", r));
        Assert.Equal((1, 0), (rig.Rows[2].Runs.Length, rig.Rows.Count - 2));
    }

    [Fact]
    public void OneVolunteersTwoResults_AreNoQuorum()
    {
        var rig = new ShardRig(1, quorum: 2);
        var grant = rig.Lease(1)!;
        rig.Report(1, grant);
        Assert.Equal(1, rig.Report(1, grant).Ignored);
        Assert.Equal((1, 0), (rig.Status.Pending, rig.Status.Validated));
    }

    [Fact]
    public void QuorumOfThree_NeedsThree()
    {
        var rig = new ShardRig(300, quorum: 3);
        var grants =
            Enumerable.Range(1, 3).Select(v => (Volunteer: v, Grant: rig.Lease(v, unitsMax: 300)!)).ToArray();
        foreach (var (volunteer, grant) in grants)
        {
            Assert.Equal([new UnitRun(0, 300)], grant.Runs);
            Assert.Equal(0, rig.Status.Validated);
            rig.Report(volunteer, grant);
        }

        Assert.Equal(300, rig.Status.Validated);
        Assert.Single(rig.Rows);
    }

    [Fact]
    public void PagesOfPendingResults_AreUsedAgainClean()
    {
        var rig = new ShardRig(2000, quorum: 2);
        for (var round = 0; round < 20; round++)
        {
            var (first, second) = (rig.Lease(1, unitsMax: 100)!, rig.Lease(2, unitsMax: 100)!);
            rig.Report(1, first);
            Assert.Equal(100, rig.Status.Pending);
            rig.Report(2, second);
            Assert.Equal(100 * (round + 1), rig.Status.Validated);
        }
    }

    [Fact]
    public void ResultsThatNeverAgree_FailTheUnitAfterSevenVolunteers()
    {
        var rig = new ShardRig(2, quorum: 2);
        for (var volunteer = 1; volunteer <= 7; volunteer++)
        {
            Assert.Equal(0, rig.Status.Failed);
            rig.Report(volunteer, rig.Lease(volunteer)!, u => u == 0 ? "fine" : $"mine {volunteer}", new UnitRun(1, 1));
        }

        Assert.Equal((1, 0), (rig.Status.Failed, rig.Status.Validated));
        var failure = Assert.Single(rig.Do(rig.Shard.Failures));
        Assert.Equal((1L, true, UnitFailureKind.NoAgreement), (failure.Unit, failure.Final, failure.Kind));
        Assert.Equal("No 2 results agree, after 7 volunteers.", failure.Message);
    }

    [Fact]
    public void NumericResultsWithinTheTolerance_AgreeOnTheLowestDigestOfTwo()
    {
        var results = new[] { "{\"x\":1.0}", "{\"x\":1.3}" };
        foreach (var order in new[] { results, [results[1], results[0]] })
        {
            var rig = new ShardRig(1, quorum: 2, Within);
            rig.Report(1, rig.Lease(1)!, _ => order[0]);
            rig.Report(2, rig.Lease(2)!, _ => order[1]);
            Assert.Equal(1, rig.Status.Validated);
            var lowest = results.MinBy(r => Digest.Of(ShardRig.Pack([ShardRig.Result(r)])).ToString());
            Assert.Equal(lowest, rig.Canonical()[0]);
        }
    }

    [Fact]
    public void NumericResults_AreRepresentedByTheirMedoid()
    {
        var rig = new ShardRig(1, quorum: 3, Within);
        rig.Report(1, rig.Lease(1)!, _ => "[1.0]");
        rig.Report(2, rig.Lease(2)!, _ => "[1.4]");
        rig.Report(3, rig.Lease(3)!, _ => "[1.15]");
        Assert.Equal("[1.15]", rig.Canonical()[0]);
    }

    [Fact]
    public void NumericAgreement_IsNotTransitive()
    {
        var rig = new ShardRig(1, quorum: 3, Within);
        rig.Report(1, rig.Lease(1)!, _ => "1.0");
        rig.Report(2, rig.Lease(2)!, _ => "1.4");
        rig.Report(3, rig.Lease(3)!, _ => "1.8");
        Assert.Equal((1, 1L), (rig.Status.Pending, rig.Status.CopiesWanted));
        rig.Restart();
        rig.Report(4, rig.Lease(4)!, _ => "1.5");
        Assert.Equal(1, rig.Status.Validated);
        Assert.Equal("1.4", rig.Canonical()[0]);
    }

    [Fact]
    public void BlobUnderNumericAgreement_IsAFailureThatSaysWhy()
    {
        var rig = new ShardRig(1, quorum: 2, Within);
        var output = new ArrayBufferWriter<byte>();
        new PackedResultsWriter(output).WriteBlob(new BlobId(Digest.Of([1]), 5000));
        rig.Report(1, new GrantReport { Grant = rig.Lease(1)!.Grant, Runs = [new UnitRun(0, 1)], Results = output.WrittenMemory });
        var failure = Assert.Single(rig.Do(rig.Shard.Failures));
        Assert.Equal(UnitFailureKind.ResultTooLarge, failure.Kind);
        Assert.Contains("needs inline results", failure.Message, StringComparison.Ordinal);
        rig.Report(2, rig.Lease(2)!, _ => "no JSON");
        Assert.Contains("compares JSON", rig.Do(rig.Shard.Failures)[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BlobAndInlineResultOfTheSameBytes_DoNotAgree()
    {
        var rig = new ShardRig(1, quorum: 2);
        var blob = new ArrayBufferWriter<byte>();
        new PackedResultsWriter(blob).WriteBlob(new BlobId(Digest.Of([1]), 5000));
        var inline = ShardRig.Pack([blob.WrittenSpan[1..].ToArray()]);
        foreach (var (volunteer, results) in new[] { (1, blob.WrittenSpan.ToArray()), (2, inline) })
        {
            rig.Report(volunteer, new GrantReport
            {
                Grant = rig.Lease(volunteer)!.Grant,
                Runs = [new UnitRun(0, 1)],
                Results = results,
            });
        }

        Assert.Equal(1, rig.Status.Pending);
    }
}
