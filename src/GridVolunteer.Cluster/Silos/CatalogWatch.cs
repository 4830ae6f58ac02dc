using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Cluster.Silos;

/// <summary>
/// Makes sure that the broker of this silo knows every job: news tells of new ones at once, but may be lost, so
/// every two seconds the catalogue is asked which are active.
/// </summary>
internal sealed class CatalogWatch(IGrid grid, IBrokerFeed broker, TimeProvider clock, ILogger logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

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
            var active = await grid.Catalog.ActiveAsync(_stop.Token);
            foreach (var job in active.Where(job => !known.Contains(job)))
            {
                broker.JobChanged(job);
            }

            return [.. active];
        }
        catch (StorageUnavailableException e)
        {
            SiloLog.CatalogFailed(logger, e.Message); // Recovered: asked again in a moment.
            return known;
        }
    }
}
