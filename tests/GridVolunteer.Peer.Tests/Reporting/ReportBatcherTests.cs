using FsCheck.Xunit;
using GridVolunteer.Peer.Reporting;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Peer.Tests.Reporting;

/// <summary>When finished units are reported, and as what.</summary>
public sealed class ReportBatcherTests
{
    private static readonly GrantId Grant = Offers.Grant(1, 1);
    private readonly ReportBatcher _batcher = new(new ReportPolicy());
    private readonly TimeSpan _now = TimeSpan.FromMinutes(1);

    [Fact]
    public void NothingFinished_IsNeverDue()
    {
        Assert.Null(_batcher.DueIn(_now, idle: true));
        Assert.Null(_batcher.Take());
    }

    [Fact]
    public void AFinishedUnit_WaitsForCompany_ButNotLong()
    {
        Add(1);
        Assert.Equal(1, _batcher.DueIn(_now, idle: false));
        Assert.Equal(0, _batcher.DueIn(_now + TimeSpan.FromSeconds(2), idle: false));
    }

    [Fact]
    public void AnIdleAgent_ReportsAtOnce()
    {
        Add(1);
        Assert.Equal(0, _batcher.DueIn(_now, idle: true));
    }

    [Fact]
    public void ManyUnits_AreWorthAReport()
    {
        for (var i = 0; i < 1000; i++)
        {
            Add(i);
        }

        Assert.Equal(0, _batcher.DueIn(_now, idle: false));
    }

    [Fact]
    public void AReport_PacksResultsByUnit_AndTellsFailuresApart()
    {
        var blob = BlobHasher.Of("large"u8);
        _batcher.Add(Grant, FinishedUnit.WithBlob(9, blob) with { ComputeSeconds = 2 }, _now);
        _batcher.Add(Grant, FinishedUnit.WithFailure(new UnitFailure(5, UnitFailureKind.Threw, "no")), _now);
        Add(4);
        Add(3);

        var report = Assert.Single(_batcher.Take()!.Reports);
        Assert.Equal([new UnitRun(3, 2), new UnitRun(9, 1)], report.Runs);
        Assert.Equal(5, Assert.Single(report.Failures).Unit);
        Assert.Equal(2 + 0.5 + 0.5, report.ComputeSeconds);
        var reader = new PackedResultsReader(report.Results.Span);
        Assert.True(reader.TryRead(out var first) && first.Bytes.SequenceEqual("3"u8));
        Assert.True(reader.TryRead(out var second) && second.Bytes.SequenceEqual("4"u8));
        Assert.True(reader.TryRead(out var third) && third.IsBlob && third.Blob == blob);
        Assert.True(reader.AtEnd);
    }

    [Fact]
    public void WhatWasTaken_IsGone_UnlessItIsPutBack()
    {
        Add(1);
        var batch = _batcher.Take()!;
        Assert.Null(_batcher.Take());
        _batcher.PutBack(batch);
        Assert.Equal(1, _batcher.Units);
        Assert.Equal(batch.Reports[0].Runs, _batcher.Take()!.Reports[0].Runs);
    }

    [Fact]
    public void Remove_ForgetsAGrantAlone()
    {
        Add(1);
        _batcher.Add(Offers.Grant(2, 1), FinishedUnit.WithResult(7, default), _now);
        Assert.Equal(1, _batcher.Remove(Grant));
        Assert.Equal(0, _batcher.Remove(Grant));
        Assert.Equal(Offers.Grant(2, 1), Assert.Single(_batcher.Take()!.Reports).Grant);
    }

    [Property(MaxTest = 200)]
    public void EveryUnit_IsReportedOnce_InReportsOfBoundedSize(byte[] sizes)
    {
        var policy = new ReportPolicy { UnitsMax = 10, BytesMax = 500 };
        var batcher = new ReportBatcher(policy);
        for (var i = 0; i < sizes.Length; i++)
        {
            batcher.Add(Offers.Grant(1, sizes[i] % 3), FinishedUnit.WithResult(i, new byte[sizes[i]]), _now);
        }

        var units = new List<long>();
        while (batcher.Take() is { } batch)
        {
            Assert.InRange(batch.Units, 1, policy.UnitsMax);
            Assert.True(batch.Reports.Sum(r => r.Results.Length) <= policy.BytesMax + 512);
            units.AddRange(batch.UnitsByGrant().SelectMany(g => g.Units.Select(u => u.Unit)));
        }

        Assert.Equal(0, batcher.Units);
        Assert.Null(batcher.DueIn(_now, idle: true));
        Assert.Equal(Enumerable.Range(0, sizes.Length).Select(i => (long)i), units.Order());
    }

    private void Add(long unit) => _batcher.Add(
        Grant, FinishedUnit.WithResult(unit, System.Text.Encoding.ASCII.GetBytes($"{unit}")) with { ComputeSeconds = 0.5 }, _now);
}
