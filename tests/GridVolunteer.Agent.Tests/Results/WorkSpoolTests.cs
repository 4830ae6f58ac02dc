using GridVolunteer.Agent.Results;
using GridVolunteer.Peer.Reporting;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Work;
using static GridVolunteer.Agent.Tests.Results.SpoolBench;

namespace GridVolunteer.Agent.Tests.Results;

/// <summary>What an agent that was killed finds again.</summary>
public sealed class WorkSpoolTests : IDisposable
{
    private readonly SpoolBench _bench = new();

    [Fact]
    public void WhatIsFinished_IsThereAgain_UntilItIsAcknowledged()
    {
        var blob = BlobHasher.Of("large"u8);
        _bench.Spool.AddGrant(Offer(1, units: 4));
        _bench.Spool.AddFinished(Grant(1),
        [
            Unit(0, "zero") with { ComputeSeconds = 1.5 },
            FinishedUnit.WithBlob(1, blob),
            FinishedUnit.WithFailure(new UnitFailure(2, UnitFailureKind.TimedOut, "too slow")),
        ]);
        _bench.Spool.Acknowledge(Grant(1), [0]);

        var grant = Assert.Single(_bench.Reopen().Grants);
        Assert.Equal([1L, 2L], grant.Finished.Keys.Order());
        Assert.Equal(blob, grant.Finished[1].Blob);
        Assert.Equal("too slow", grant.Finished[2].Failure!.Message);
        Assert.Equal([0L], grant.Acknowledged);
        Assert.Equal(4, grant.Count);
    }

    [Fact]
    public void InlineResults_KeepTheirBytesAndTheirTime()
    {
        _bench.Spool.AddGrant(Offer(1, units: 1));
        _bench.Spool.AddFinished(Grant(1), [Unit(0, "zero") with { ComputeSeconds = 1.5 }]);
        var unit = Assert.Single(_bench.Reopen().Grants).Finished[0];
        Assert.Equal("zero"u8.ToArray(), unit.Inline.ToArray());
        Assert.Equal(1.5, unit.ComputeSeconds);
    }

    [Fact]
    public void AGrantThatIsWhollyAcknowledged_IsForgotten()
    {
        _bench.Spool.AddGrant(Offer(1, units: 2));
        _bench.Spool.AddFinished(Grant(1), [Unit(0), Unit(1)]);
        _bench.Spool.Acknowledge(Grant(1), [0, 1]);
        Assert.Empty(_bench.Spool.Grants);
        Assert.Empty(_bench.Reopen().Grants);
    }

    [Fact]
    public void ADroppedGrant_KeepsWhatIsToBeReported()
    {
        _bench.Spool.AddGrant(Offer(1, units: 2));
        _bench.Spool.AddGrant(Offer(2, units: 2));
        _bench.Spool.AddFinished(Grant(1), [Unit(0)]);
        _bench.Spool.Drop(Grant(1));
        _bench.Spool.Drop(Grant(2));
        var left = Assert.Single(_bench.Reopen().Grants);
        Assert.True(left.Dropped);
        Assert.Equal(1, _bench.Spool.Forget(Grant(1)));
        Assert.Empty(_bench.Reopen().Grants);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public void ATornEnd_LosesTheLastRecordAlone(int bytesLost)
    {
        _bench.Spool.AddGrant(Offer(1, units: 9));
        _bench.Spool.AddFinished(Grant(1), [Unit(0, "first")]);
        _bench.Spool.AddFinished(Grant(1), [Unit(1, "second, and long enough to be torn")]);
        var spool = _bench.Reopen(path =>
        {
            using var file = File.OpenWrite(path);
            file.SetLength(file.Length - bytesLost);
        });
        Assert.Equal([0L], Assert.Single(spool.Grants).Finished.Keys);

        spool.AddFinished(Grant(1), [Unit(2, "third")]);
        Assert.Equal([0L, 2L], Assert.Single(_bench.Reopen().Grants).Finished.Keys.Order());
    }

    [Fact]
    public void AFlippedBit_EndsTheReadingBeforeIt()
    {
        _bench.Spool.AddGrant(Offer(1, units: 9));
        _bench.Spool.AddFinished(Grant(1), [Unit(0, "first")]);
        var spool = _bench.Reopen(path =>
        {
            var bytes = File.ReadAllBytes(path);
            bytes[^3] ^= 1;
            File.WriteAllBytes(path, bytes);
        });
        Assert.Empty(Assert.Single(spool.Grants).Finished);
    }

    [Fact]
    public void ALongLife_DoesNotMakeALongFile()
    {
        var result = new string('x', 4000);
        for (var i = 1; i <= 4000; i++)
        {
            _bench.Spool.AddGrant(Offer(i, units: 2));
            _bench.Spool.AddFinished(Grant(i), [Unit(0, result)]);
            _bench.Spool.Acknowledge(Grant(i), i == 1 ? [] : [0, 1]);
        }

        Assert.True(new FileInfo(_bench.File).Length < 6 << 20, $"{new FileInfo(_bench.File).Length} bytes.");
        Assert.Equal(Grant(1), Assert.Single(_bench.Reopen().Grants).Offer.Grant);
    }

    [Fact]
    public void KilledAtAnyMoment_EveryUnitIsFinishedOrToBeComputed()
    {
        // The file is cut after each byte in turn, as if that had been the last to reach the disk.
        _bench.Spool.AddGrant(Offer(1, units: 3));
        _bench.Spool.AddFinished(Grant(1), [Unit(0, "a"), Unit(1, "b")]);
        _bench.Spool.Acknowledge(Grant(1), [0]);
        _bench.Spool.AddFinished(Grant(1), [Unit(2, "c")]);
        _bench.Spool.Dispose();
        var whole = File.ReadAllBytes(_bench.File);
        for (var length = 0; length <= whole.Length; length++)
        {
            var spool = _bench.Reopen(path => File.WriteAllBytes(path, whole[..length]));
            foreach (var grant in spool.Grants)
            {
                Assert.Equal(3, grant.Count);
                Assert.Empty(grant.Finished.Keys.Intersect(grant.Acknowledged));
                Assert.All(grant.Finished, u => Assert.Equal("abc"[(int)u.Key], (char)u.Value.Inline.Span[0]));
            }
        }
    }

    public void Dispose() => _bench.Dispose();
}
