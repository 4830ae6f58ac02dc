using System.Diagnostics.Metrics;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Blobs;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>
/// The backend of one process alone: storage and blobs in a data folder that it holds locked, and the grid of
/// entities on them.
/// </summary>
internal sealed class EmbeddedBackend : IGridBackend
{
    private readonly DataFolderLock _folder;
    private readonly EmbeddedGrid _grid;
    private readonly TimeSpan _stopLimit;
    private bool _started;

    private EmbeddedBackend(
        DataFolderLock folder, SqliteStorage storage, BlobStore blobs, EmbeddedGrid grid, TimeSpan stopLimit,
        TimeProvider clock)
    {
        _folder = folder;
        _grid = grid;
        _stopLimit = stopLimit;
        Storage = storage;
        Blobs = blobs;
        Volunteers = new EmbeddedRoster(grid);
        Answered = new AnsweredChallenges(clock);
    }

    public SqliteStorage Storage { get; }

    public IGrid Grid => _grid;

    public IResultStore Results => Storage;

    public BlobStore Blobs { get; }

    public IVolunteerRoster Volunteers { get; }

    public IAnsweredChallenges Answered { get; }

    public string? Trouble => Storage.Trouble;

    /// <summary>
    /// Opens folder, storage and blobs; entities are at rest until <see cref="StartAsync"/>.
    /// </summary>
    /// <exception cref="DataFolderException">The folder cannot be used; the message says why.</exception>
    public static EmbeddedBackend Open(BackendServices services)
    {
        var options = services.Options;

        // The lock first: a second coordinator on this folder may not even look at it. Whoever is no owner may
        // not look at results either.
        var folder = DataFolderLock.Acquire(SecretFile.OwnersFolder(options.DataFolder));
        try
        {
            var blobs = BlobStore.Open(
                folder.Folder, new BlobStoreOptions { BlobSizeBytesMax = options.BlobSizeBytesMax });
            var storage = SqliteStorage.Open(
                folder, new SqliteStorageOptions(), services.Loggers.CreateLogger<SqliteStorage>());
            var grid = new EmbeddedGrid(
                storage, services.Events, services.Broker,
                new EmbeddedGridOptions { Volunteers = options.Silence }, services.Clock,
                services.Loggers.CreateLogger<EmbeddedGrid>());
            return new EmbeddedBackend(folder, storage, blobs, grid, options.StopLimit, services.Clock);
        }
        catch (DataFolderException)
        {
            folder.Dispose(); // Rethrown: nothing of a start that failed may stay behind.
            throw;
        }
    }

    public bool IsNear(ShardId shard) => true;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _started = true;
        await _grid.StartAsync(cancellationToken);
    }

    public void Observe(Meter meter)
    {
        meter.CreateObservableCounter(
            "gridvolunteer.journal.commits", () =>
                Storage.Counters.Commits, "{commit}", "Transactions, each with one sync.");
        meter.CreateObservableCounter(
            "gridvolunteer.journal.turns", () => Storage.Counters.Turns, "{turn}", "Mailbox turns stored.");
        meter.CreateObservableCounter(
            "gridvolunteer.journal.written", () =>
                Storage.Counters.SizeBytes, "By", "Records, rows and snapshots stored.");
        meter.CreateObservableGauge(
            "gridvolunteer.journal.queued", () =>
                Storage.Counters.QueuedTurns, "{turn}", "Turns that wait for a commit.");
        meter.CreateObservableGauge(
            "gridvolunteer.entities.resident", () =>
                _grid.ResidentEntities, "{entity}", "Jobs and shards in memory.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            using var limit = new CancellationTokenSource(_stopLimit, TimeProvider.System);
            await _grid.StopAsync(limit.Token);
        }

        await Storage.DisposeAsync();
        _folder.Dispose();
    }
}
