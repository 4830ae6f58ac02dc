using GridVolunteer.Coordinator.Blobs;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Storage;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>
/// What lies behind the API: storage and blobs in a data folder, and the grid of entities on them. Opened
/// before anything listens and closed after the last request.
/// </summary>
internal sealed class GridBackend : IAsyncDisposable
{
    private readonly TimeSpan _stopLimit;
    private bool _started;

    private GridBackend(SqliteStorage storage, BlobStore blobs, EmbeddedGrid grid, TimeSpan stopLimit)
    {
        _stopLimit = stopLimit;
        Storage = storage;
        Blobs = blobs;
        Grid = grid;
    }

    public SqliteStorage Storage { get; }

    public BlobStore Blobs { get; }

    public EmbeddedGrid Grid { get; }

    /// <summary>
    /// Opens folder, storage and blobs; entities are at rest until <see cref="StartAsync"/>.
    /// </summary>
    /// <exception cref="DataFolderException">The folder cannot be used; the message says why.</exception>
    public static GridBackend Open(
        DataFolderLock folder, CoordinatorOptions options, IEventSink events, IBrokerFeed broker,
        TimeProvider clock,
        ILoggerFactory loggers)
    {
        var blobs = BlobStore.Open(
            folder, new BlobStoreOptions { BlobSizeBytesMax = options.BlobSizeBytesMax });
        var storage = SqliteStorage.Open(
            folder, new SqliteStorageOptions(), loggers.CreateLogger<SqliteStorage>());
        var grid = new EmbeddedGrid(
            storage, events, broker,
            new EmbeddedGridOptions { Volunteers = options.Silence }, clock,
            loggers.CreateLogger<EmbeddedGrid>());
        return new GridBackend(storage, blobs, grid, options.StopLimit);
    }

    /// <summary>Wakes the entities that have work.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _started = true;
        await Grid.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            using var limit = new CancellationTokenSource(_stopLimit, TimeProvider.System);
            await Grid.StopAsync(limit.Token);
        }

        await Storage.DisposeAsync();
    }
}
