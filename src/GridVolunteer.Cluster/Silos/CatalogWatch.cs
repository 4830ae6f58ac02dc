using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Cluster.Silos;

/// <summary>
/// Makes sure that the broker of this silo knows every job: news tells of new ones at once, but may be lost, so
/// every two seconds the catalogue is asked which are active. After a silo was lost each of these is asked for, and so
/// loaded if it lived there: what it had decided and not told yet, that its shards are to end, say, it tells again.
/// </summary>
internal sealed class CatalogWatch(IGrid grid, IBrokerFeed broker, TimeProvider clock, ILogger logger)
    : ISiloStatusListener, IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private int _losses;
    private int _lossesAnswered;

    /// <inheritdoc/>
    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status == SiloStatus.Dead)
        {
            Interlocked.Increment(ref _losses);
        }
    }

    /// <summary>Begins to watch.</summary>
    public void Start() => _loop = RunAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Period, clock);
        HashSet<JobId> known = [];
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                known = await LookAsync(known);
            }
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
    }

    private async Task<HashSet<JobId>> LookAsync(HashSet<JobId> known)
    {
        try
        {
            var losses = Volatile.Read(ref _losses);
            var active = await grid.Catalog.ActiveAsync(_stop.Token);
            foreach (var job in active.Where(job => !known.Contains(job)))
            {
                broker.JobChanged(job);
            }

            known = [.. active];
            foreach (var job in losses == _lossesAnswered ? [] : active)
            {
                await grid.Job(job).SnapshotAsync(_stop.Token);
            }

            _lossesAnswered = losses;
            return known;
        }
        catch (StorageUnavailableException e)
        {
            SiloLog.CatalogFailed(logger, e.Message); // Recovered: asked again in a moment.
            return known;
        }
    }
}
