using System.Collections.Concurrent;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Protocol.Ids;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// Journal, snapshots and result rows of all entities in one SQLite file, <c>grid.db</c> in the data folder.
/// One thread writes and commits the turns of all entities together; reads run on their callers' threads
/// beside it. An append ends when its bytes are on the disk (WAL with <c>synchronous=FULL</c>).
/// </summary>
public sealed class SqliteStorage : IJournal, IResultStore, IAsyncDisposable
{
    private const int NumbersKeptMax = 65536;

    private readonly string _path;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly ConcurrentDictionary<ShardId, int> _numbers = new();
    private int _disposed;

    private SqliteStorage(
        string path, SqliteConnection connection, SqliteStorageOptions options, ILogger logger)
    {
        _path = path;
        _writer = new SqliteWriter(path, connection, options, logger);
        _readers = new SqliteReaders(path, options.ReadersMax);
    }

    /// <summary>What went wrong with the last write, for people, or null when it went well.</summary>
    public string? Trouble => _writer.Trouble;

    /// <summary>What was written since the storage was opened.</summary>
    public StorageCounters Counters => _writer.Counters;

    /// <summary>Opens the database of a data folder, creating it where there is none.</summary>
    /// <exception cref="DataFolderException">It is damaged, of a newer version, or cannot be opened; the
    /// message says what to do.</exception>
    public static SqliteStorage Open(DataFolderLock folder, SqliteStorageOptions options, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        var path = Path.Combine(folder.Folder, SqliteSchema.FileName);
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteSchema.OpenWriter(path, options);
            SqliteSchema.Prepare(connection, path, options.CheckedSizeBytesMax);
            return new SqliteStorage(path, connection, options, logger);
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw new DataFolderException(SqliteTrouble.Describe(e, path).Message, e);
        }
        catch (DataFolderException)
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<EntityRecord> LoadAsync(EntityKey entity, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Read(entity.Name, static (reader, name) => reader.Load(name)));
    }

    /// <inheritdoc/>
    public async ValueTask<JournalPosition> AppendAsync(EntityKey entity, JournalPosition expected, TurnRecord turn)
    {
        await _writer.AppendAsync(new PendingAppend(entity, expected, turn));
        return expected.Next;
    }

    /// <inheritdoc/>
    /// <remarks>Nobody else can have loaded it: the folder belongs to this process, and each entity has one host.</remarks>
    public ValueTask ConfirmAsync(EntityKey entity, JournalPosition position, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadRowAsync(
        ShardId shard, long sequence, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var row = NumberOf(shard) is { } number
            ? Read((number, sequence), static (reader, at) => reader.ReadResult(at.number, at.sequence))
            : null;
        return new(row is null ? default(ReadOnlyMemory<byte>?) : row);
    }

    /// <summary>Writes what waits and closes the database.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _readers.Dispose();
            _writer.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private int? NumberOf(ShardId shard)
    {
        if (_numbers.TryGetValue(shard, out var known))
        {
            return known;
        }

        if (Read(EntityKey.Of(shard).Name, static (reader, name) => reader.Find(name)) is not { } number)
        {
            return null;
        }

        if (_numbers.Count >= NumbersKeptMax)
        {
            _numbers.Clear();
        }

        _numbers[shard] = number;
        return number;
    }

    private TResult Read<TArgument, TResult>(TArgument argument, Func<SqliteReader, TArgument, TResult> read)
    {
        try
        {
            return _readers.Read(argument, read);
        }
        catch (SqliteException e)
        {
            throw SqliteTrouble.Describe(e, _path);
        }
        catch (ObjectDisposedException e)
        {
            throw new StorageUnavailableException("The storage is closed: the coordinator is stopping.", e);
        }
    }
}
