using FsCheck.Xunit;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>What is stored stays readable, and what is damaged is named.</summary>
public sealed class ShardRecordTests
{
    private static readonly AgreementRule Numeric = new(AgreementKind.Numeric, 0.25, 0.5);

    [Theory]
    [InlineData(new byte[] { 99, 1 }, "type 99, version 1")]
    [InlineData(new byte[] { 2, 9 }, "type 2, version 9")]
    [InlineData(new byte[] { 2, 1, 5 }, "Granted, version 1")]
    [InlineData(new byte[] { 2 }, "type and version are missing")]
    [InlineData(new byte[] { 7, 1, 0, 0 }, "Closed, version 1")]
    public void UnknownOrBrokenRecords_AreNamed(byte[] record, string what)
    {
        var rig = new ShardRig(10);
        var fault = Assert.Throws<InvalidDataException>(() => rig.Shard.Apply(record));
        Assert.Contains(what, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BrokenSnapshots_AreNamed()
    {
        var rig = Everything(AgreementRule.Exact);
        var snapshot = rig.Snapshot();
        for (var length = 0; length < snapshot.Length; length++)
        {
            Assert.Throws<InvalidDataException>(
                () => new WorkShard(rig.Plan.Shard).ReadSnapshot(snapshot.AsSpan(0, length)));
        }

        snapshot[0] = 9;
        var fault = Assert.Throws<InvalidDataException>(
            () => new WorkShard(rig.Plan.Shard).ReadSnapshot(snapshot));
        Assert.Contains("version 9", fault.Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 300)]
    public void DamagedRecords_AreAppliedOrNamed(bool isNumeric, int record, int at, byte value)
    {
        var rig = Everything(isNumeric ? Numeric : AgreementRule.Exact);
        var shard = new WorkShard(rig.Plan.Shard);
        try
        {
            for (var i = 0; i < rig.Journal.Count; i++)
            {
                var bytes = rig.Journal[i].ToArray();
                if (i == Math.Abs(record % rig.Journal.Count))
                {
                    bytes[Math.Abs(at % bytes.Length)] = value;
                }

                shard.Apply(bytes);
            }
        }
        catch (InvalidDataException fault)
        {
            Assert.Matches("(record|records?) .*type", fault.Message);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RecordsOfVersionOne_StillReplay(bool isNumeric)
    {
        var rig = Everything(isNumeric ? Numeric : AgreementRule.Exact);
        var (journal, snapshot) = isNumeric
            ? (ShardFilesV1.NumericJournal, ShardFilesV1.NumericSnapshot)
            : (ShardFilesV1.ExactJournal, ShardFilesV1.ExactSnapshot);
        var (replayed, read) = (new WorkShard(rig.Plan.Shard), new WorkShard(rig.Plan.Shard));
        journal.ToList().ForEach(r => replayed.Apply(Convert.FromHexString(r)));
        read.ReadSnapshot(Convert.FromHexString(snapshot));
        Assert.Equal(rig.Snapshot(), ShardRig.Snapshot(replayed));
        Assert.Equal(rig.Snapshot(), ShardRig.Snapshot(read));
        Assert.Equal((3, 2), (rig.Status.Validated, rig.Status.Pending));
    }

    /// <summary>
    /// A shard that went through every kind of record but its end. Never change it: files hold what it wrote.
    /// </summary>
    private static ShardRig Everything(AgreementRule agreement)
    {
        var rig = new ShardRig(12, quorum: 2, agreement);
        var (one, two) = (rig.Lease(1, 5)!, rig.Lease(2, 4)!);
        rig.Report(1, one, null, new UnitRun(0, 3));
        rig.Report(2, two, u => u == 2 ? "{\"other\":2}" : $"{{\"u\":{u}}}", new UnitRun(0, 3));
        rig.Fail(2, two, 3);
        rig.Pass(5);
        rig.Lose(1);
        rig.Report(1, one, null, new UnitRun(4, 1));
        var three = rig.Lease(3, 1)!;
        rig.Reconcile(1, [one.Grant.Sequence]);
        rig.Report(3, three);
        rig.Report(6, rig.Lease(6, 3)!);
        var four = rig.Lease(4, 3)!;
        var five = rig.Lease(4, 3)!;
        rig.Return(4, four);
        rig.Reconcile(4, [], five.Grant.Sequence);
        rig.Pass(80);
        rig.Tick();
        rig.Lease(5, 2);
        Assert.Equal([1, 2, 3, 4, 5, 6], rig.Journal.Select(r => (int)r[0]).Distinct().Order());
        return rig;
    }
}
