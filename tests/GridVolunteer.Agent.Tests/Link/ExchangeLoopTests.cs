using System.Net;
using GridVolunteer.Agent.Link;
using GridVolunteer.Agent.Tests.Work;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Problems;
using Microsoft.Extensions.Logging.Abstractions;
using static GridVolunteer.Agent.Tests.Work.LedgerBench;

namespace GridVolunteer.Agent.Tests.Link;

/// <summary>Reports and requests, against a coordinator with moods.</summary>
public sealed class ExchangeLoopTests : IAsyncDisposable
{
    private readonly LedgerBench _bench = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ExchangeLoop _loop;
    private int _introductions;
    private Task _running = Task.CompletedTask;

    public ExchangeLoopTests() => _loop = new ExchangeLoop(
        _bench.Link, _bench.Ledger,
        _ =>
        {
            _introductions++;
            _bench.Coordinator.HasForgotten = false;
            return Task.CompletedTask;
        },
        "s", _bench.Time, NullLogger.Instance);

    [Fact]
    public async Task AnIdleAgent_AsksAndWaits_AndTakesWhatItIsGranted()
    {
        _bench.Coordinator.Grant(Offer(1, first: 0, units: 100));
        Start();
        var request = await _bench.Coordinator.NextRequest();
        Assert.Equal(30, request.WaitSeconds);
        Assert.True(request.Wanted!.Seconds > 0);
        await EventuallyAsync(() => _bench.Ledger.Counts.Waiting == 100);
    }

    [Fact]
    public async Task WhenSomethingIsToBeReported_ThePollIsBrokenOff_AndItsIdGoesOn()
    {
        _bench.Receive(Offer(1, first: 0, units: 1));
        Start();
        var poll = await _bench.Coordinator.NextRequest();
        _bench.ComputeAll();

        var report = await _bench.Coordinator.NextRequest();
        Assert.Equal(poll.RequestId, report.RequestId);
        Assert.Equal(0, report.WaitSeconds);
        Assert.Single(report.Reports);
        await EventuallyAsync(() => _bench.Ledger.Counts.Unacknowledged == 0);
    }

    [Fact]
    public async Task WhatWasGrantedJustBeforeThePollWasBrokenOff_IsNotLost_AndNeitherIsTheReport()
    {
        _bench.Receive(Offer(1, first: 0, units: 1));
        _bench.Coordinator.GrantedUnheard = Offer(2, first: 50, units: 1000);
        Start();
        await _bench.Coordinator.NextRequest();
        _bench.ComputeAll();
        await _bench.Coordinator.NextRequest();

        await EventuallyAsync(() => _bench.Ledger.Counts.Waiting == 1000);
        _bench.Time.Advance(TimeSpan.FromSeconds(1.1));
        var again = await _bench.Coordinator.NextRequest();
        Assert.Equal([new UnitRun(0, 1)], Assert.Single(again.Reports).Runs);
        await EventuallyAsync(() => _bench.Ledger.Counts.Unacknowledged == 0);
        Assert.Equal([0L], _bench.Coordinator.UnitsReported);
    }

    [Fact]
    public async Task ACoordinatorThatIsAway_IsAskedAgain_AndNothingIsLost()
    {
        _bench.Receive(Offer(1, first: 0, units: 3));
        _bench.ComputeAll();
        _bench.Coordinator.IsAway = true;
        Start();
        await EventuallyAsync(() => _bench.Coordinator.Misses > 0);
        for (var i = 0; i < 10; i++)
        {
            var before = _bench.Coordinator.Misses;
            await EventuallyAsync(() =>
            {
                _bench.Time.Advance(TimeSpan.FromSeconds(30));
                return _bench.Coordinator.Misses > before;
            });
        }

        _bench.Coordinator.IsAway = false;
        await EventuallyAsync(() =>
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(30));
            return _bench.Ledger.Counts.Unacknowledged == 0;
        });
        Assert.Equal([0L, 1L, 2L], _bench.Coordinator.UnitsReported);
    }

    [Fact]
    public async Task ACoordinatorThatForgotTheAgent_IsIntroduced_AndToldAgain()
    {
        _bench.Receive(Offer(1, first: 0, units: 1));
        _bench.ComputeAll();
        _bench.Coordinator.HasForgotten = true;
        Start();
        await EventuallyAsync(() => _bench.Ledger.Counts.Unacknowledged == 0);
        Assert.Equal(1, _introductions);
        Assert.Equal([0L], _bench.Coordinator.UnitsReported);
    }

    [Fact]
    public async Task AReportThatIsTooLargeForEver_DoesNotHoldUpTheOthers()
    {
        _bench.Receive(Offer(1, first: 0, units: 1));
        _bench.ComputeAll();
        _bench.Coordinator.Refusal = (HttpStatusCode.RequestEntityTooLarge, ProblemTypes.TooLarge);
        Start();
        await _bench.Coordinator.NextRequest();
        await _bench.Coordinator.NextRequest();
        Assert.Equal(0, _bench.Ledger.Counts.Unacknowledged);
    }

    [Fact]
    public async Task AnAgentThatIsTooOld_Stops_WithTheReason()
    {
        _bench.Coordinator.Refusal = (HttpStatusCode.UpgradeRequired, ProblemTypes.UpgradeRequired);
        var problem = await Assert.ThrowsAsync<CoordinatorProblemException>(() => _loop.RunAsync(_stop.Token));
        Assert.Equal(ProblemTypes.UpgradeRequired, problem.Type);
    }

    [Fact]
    public async Task TheLastWords_ReportWhatIsFinished_AndReturnTheRest()
    {
        _bench.Receive(Offer(1, first: 0, units: 3));
        _bench.Compute();
        await _loop.SayLastAsync(_bench.Ledger.Close(), CancellationToken.None);
        Assert.Equal([0L], _bench.Coordinator.UnitsReported);
        Assert.Equal([new UnitRun(1, 2)], _bench.Coordinator.Reports[^1].Returned);
        Assert.Empty(_bench.Ledger.JobsHeld);
    }

    [Fact]
    public async Task LargeResults_AreUploaded_ThenReported()
    {
        _bench.Receive(Offer(1, first: 0, units: 1));
        var batch = _bench.Ledger.Take(null, urgentOnly: false)!;
        await File.WriteAllTextAsync(Path.Combine(_bench.WorkerFolder, "r1"), new string('x', 5000));
        _bench.Ledger.Finished(
            batch, 0, new(batch.Id, 1, [Agent.Worker.Frames.UnitOutcome.Large("r1")]), _bench.WorkerFolder);
        var uploads = new UploadLoop(_bench.Ledger, _bench.Blobs).RunAsync(_stop.Token);
        Start();
        await EventuallyAsync(() => _bench.Ledger.Counts.Unacknowledged == 0);
        Assert.Equal(5000, Assert.Single(_bench.Coordinator.Blobs).Value.Length);
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => uploads);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        _bench.Dispose();
    }

    private void Start() => _running = _loop.RunAsync(_stop.Token);

    /// <summary>Waits for something that other threads bring about.</summary>
    private static async Task EventuallyAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
