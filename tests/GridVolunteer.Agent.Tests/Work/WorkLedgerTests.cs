using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;
using static GridVolunteer.Agent.Tests.Work.LedgerBench;

namespace GridVolunteer.Agent.Tests.Work;

/// <summary>What the agent holds, through its own death and the coordinator's whims.</summary>
public sealed class WorkLedgerTests : IDisposable
{
    private readonly LedgerBench _bench = new();

    [Fact]
    public void AfterARestart_FinishedUnitsAreReported_AndOthersComputed()
    {
        _bench.Receive(Offer(1, first: 10, units: 3));
        _bench.Compute();
        _bench.Restart();

        Assert.Equal([new JobId(1)], _bench.Ledger.JobsHeld);
        _bench.Ledger.Ready(new JobId(1));
        Assert.Equal(11, _bench.Ledger.Take(null, urgentOnly: false)!.UnitAt(0));
        Assert.Equal(12, _bench.Ledger.Take(null, urgentOnly: false)!.UnitAt(0));
        Assert.Null(_bench.Ledger.Take(null, urgentOnly: false));
        _bench.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([new UnitRun(10, 1)], Assert.Single(_bench.Ledger.Plan().Reports!.Reports).Runs);
    }

    [Fact]
    public void AfterARestart_WhatWasOnItsWayToTheCoordinator_IsReportedAgain()
    {
        _bench.Receive(Offer(1, first: 0, units: 1));
        _bench.ComputeAll();
        Assert.NotNull(_bench.Ledger.Plan().Reports);
        _bench.Restart();
        Assert.NotNull(_bench.Ledger.Plan().Reports);
    }

    [Fact]
    public void WhatIsAcknowledged_IsGoneForGood()
    {
        _bench.Receive(Offer(1, first: 0, units: 2));
        _bench.ComputeAll();
        var plan = _bench.Ledger.Plan();
        _bench.Ledger.Answered(plan, new WorkAnswer
        {
            RequestId = "r2",
            Outcomes = [new ReportOutcome(Grant(1), 2, 0)],
        });
        Assert.Empty(_bench.Ledger.JobsHeld);
        _bench.Restart();
        Assert.Empty(_bench.Ledger.JobsHeld);
        Assert.Null(_bench.Ledger.Plan().Reports);
    }

    [Fact]
    public void AVoidGrant_GoesWithEverything_AndItsWorkersHearOfIt()
    {
        _bench.Receive(Offer(1, first: 0, units: 3), Offer(2, first: 10, units: 1));
        _bench.Compute();
        var running = _bench.Ledger.Take(null, urgentOnly: false)!;
        var pointless = new List<int>();
        _bench.Ledger.Pointless = b => pointless.Add(b.Id);

        _bench.Ledger.Void([Grant(1)]);
        Assert.Equal([running.Id], pointless);
        _bench.Ledger.Finished(
            running, 0, new ResultsMessage(running.Id, 1, [UnitOutcome.Small(new byte[] { 1 })]), _bench.WorkerFolder);
        Assert.Equal([Grant(2)], _bench.Ledger.BeatOf("me", Facts).Grants);
        _bench.Restart();
        Assert.Equal([Grant(2)], _bench.Ledger.BeatOf("me", Facts).Grants);
    }

    [Fact]
    public void AUnitWithACheckpoint_ComesAloneWithIt_AfterARestartToo()
    {
        _bench.Receive(Offer(1, first: 0, units: 3));
        var batch = _bench.Ledger.Take(null, urgentOnly: false)!;
        _bench.Ledger.Checkpointed(batch, 0, "state"u8.ToArray());
        _bench.Restart();
        _bench.Ledger.Ready(new JobId(1));

        var again = _bench.Ledger.Take(null, urgentOnly: false)!;
        Assert.Equal((0, 1), (again.UnitAt(0), again.Count));
        Assert.Equal("state"u8.ToArray(), _bench.Ledger.CheckpointOf(again)!.Value.ToArray());
        _bench.Ledger.Finished(again, 0, new ResultsMessage(again.Id, 1, [UnitOutcome.Small(default)]), _bench.WorkerFolder);
        Assert.Null(_bench.Ledger.CheckpointOf(again));
    }

    [Fact]
    public void AJobThatCannotBeComputedHere_FailsAllItsUnits()
    {
        _bench.Receive(Offer(1, first: 0, units: 3));
        _bench.Ledger.CannotCompute(new JobId(1), UnitFailureKind.CannotLoad, "no such assembly");
        var report = Assert.Single(_bench.Ledger.Plan().Reports!.Reports);
        Assert.Equal([0L, 1L, 2L], report.Failures.Select(f => f.Unit));
        Assert.All(report.Failures, f => Assert.Equal("no such assembly", f.Message));
        Assert.Empty(report.Runs);
    }

    [Fact]
    public void ALargeResult_IsReportedOnlyOnceItIsUploaded()
    {
        _bench.Receive(Offer(1, first: 0, units: 1));
        var batch = _bench.Ledger.Take(null, urgentOnly: false)!;
        File.WriteAllText(Path.Combine(_bench.WorkerFolder, "r1"), new string('x', 5000));
        _bench.Ledger.Finished(batch, 0, new ResultsMessage(batch.Id, 1, [UnitOutcome.Large("r1")]), _bench.WorkerFolder);

        Assert.Null(_bench.Ledger.Plan().Reports);
        _bench.Restart();
        var blob = Assert.Single(_bench.Ledger.NextUploads());
        Assert.Equal(5000, blob.LengthBytes);
        _bench.Ledger.Uploaded([blob], new Dictionary<Protocol.Blobs.BlobId, string>());
        Assert.Empty(_bench.Ledger.NextUploads());
        Assert.Single(_bench.Ledger.Plan().Reports!.Reports[0].Runs);
    }

    [Theory]
    [InlineData("../spool/work.spool")]
    [InlineData("link")]
    public void AResultFileThatLeadsElsewhere_IsNotTaken(string name)
    {
        _bench.Receive(Offer(1, first: 0, units: 1));
        var batch = _bench.Ledger.Take(null, urgentOnly: false)!;
        File.CreateSymbolicLink(Path.Combine(_bench.WorkerFolder, "link"), "/etc/hostname");
        Assert.Throws<FrameException>(() => _bench.Ledger.Finished(
            batch, 0, new ResultsMessage(batch.Id, 1, [UnitOutcome.Large(name)]), _bench.WorkerFolder));
    }

    [Fact]
    public void ClosedForGood_ItHandsOutNothing_AndTellsWhatGoesBack()
    {
        _bench.Receive(Offer(1, first: 0, units: 4));
        _bench.Compute();
        _bench.Ledger.Take(null, urgentOnly: false);
        var returned = _bench.Ledger.Close();
        Assert.Equal([new UnitRun(1, 3)], Assert.Single(returned).Returned);
        Assert.Null(_bench.Ledger.Take(null, urgentOnly: false));
        _bench.Ledger.Returned(returned);
        _bench.Restart();
        Assert.Equal(0, _bench.Ledger.Counts.Waiting);
        Assert.Equal(1, _bench.Ledger.Counts.Unacknowledged);
    }

    [Fact]
    public void KilledAgainAndAgain_EveryUnitIsReported()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            Drive(seed);
        }
    }

    public void Dispose() => _bench.Dispose();

    private static Protocol.Agents.HostFacts Facts => new()
    {
        OperatingSystem = "linux",
        Architecture = "x64",
        Threads = 1,
        MemoryBytes = 1,
        DiskBytes = 1,
    };

    private static void Drive(int seed)
    {
        using var bench = new LedgerBench();
        var random = new Random(seed);
        var reported = new HashSet<long>();
        var sequence = 0;
        for (var step = 0; step < 120; step++)
        {
            switch (random.Next(6))
            {
                case 0:
                    bench.Receive(Offer(++sequence, first: sequence * 100, units: 1 + random.Next(20)));
                    break;
                case 1 or 2:
                    bench.Compute();
                    break;
                case 3:
                    bench.Restart();
                    bench.Ledger.Ready(new JobId(1));
                    break;
                case 4:
                    bench.Ledger.PutBack(bench.Ledger.Plan());
                    break;
                default:
                    Report(bench, reported);
                    break;
            }
        }

        bench.Restart();
        bench.Ledger.Ready(new JobId(1));
        bench.ComputeAll();
        while (Report(bench, reported))
        {
        }

        var left = bench.Ledger.Counts;
        Assert.True(
            (left.Waiting, left.Running, left.Unacknowledged) == (0, 0, 0) && bench.Ledger.JobsHeld.Count == 0,
            $"Seed {seed} leaves {left}.");
        var granted = bench.Granted.SelectMany(o => o.Runs).SelectMany(Peer.Buffering.UnitRuns.UnitsOf).Order();
        Assert.True(granted.SequenceEqual(reported.Order()), $"Seed {seed}: not every unit was reported.");
    }

    private static bool Report(LedgerBench bench, HashSet<long> reported)
    {
        bench.Time.Advance(TimeSpan.FromSeconds(2));
        var plan = bench.Ledger.Plan();
        if (plan.Reports is not { } reports)
        {
            return false;
        }

        foreach (var report in reports.Reports)
        {
            reported.UnionWith(report.Runs.SelectMany(Peer.Buffering.UnitRuns.UnitsOf));
        }

        bench.Ledger.Answered(plan, new WorkAnswer
        {
            RequestId = "r",
            Outcomes = [.. reports.Reports.Select(r => new ReportOutcome(r.Grant, 1, 0))],
        });
        return true;
    }
}
