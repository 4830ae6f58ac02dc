using GridVolunteer.Coordination.Contracts;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// The one thread that writes. It takes every turn that waits, of whichever entities, puts them into one
/// transaction, and answers them when the commit is on the disk: the dearer a sync, the more turns share it.
/// </summary>
/// <remarks>
/// When a transaction fails because of the disk, all its turns fail and the next transaction tries anew. When
/// it fails for another reason, each turn is tried alone, so that one that cannot be stored harms no
/// neighbour. Once the file is found damaged nothing more is written.
/// </remarks>
internal sealed class SqliteWriter : IDisposable
{
    private readonly string _path;
    private readonly SqliteStorageOptions _options;
    private readonly ILogger _logger;
    private readonly AppendQueue _queue;
    private readonly List<PendingAppend> _batch = [];
    private readonly List<PendingAppend> _written = [];
    private readonly Thread _thread;
    private SqliteTurnWriter? _writer;
    private long _aheadBytes;
    private SqliteException? _damage;
    private volatile string? _trouble;
    private long _commits;
    private long _turns;
    private long _bytes;

    public SqliteWriter(
        string path, SqliteConnection connection, SqliteStorageOptions options, ILogger logger)
    {
        _path = path;
        _options = options;
        _logger = logger;
        _queue = new AppendQueue(options.QueuedTurnsMax);
        _writer = new SqliteTurnWriter(connection);
        _thread = new Thread(Run) { Name = "sqlite-writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>What went wrong with the last transaction, or null when it went well.</summary>
    public string? Trouble => _trouble;

    /// <summary>What was written so far.</summary>
    public StorageCounters Counters =>
        new(Volatile.Read(ref _commits), Volatile.Read(ref _turns), Volatile.Read(ref _bytes), _queue.Count);

    /// <summary>Hands a turn to the thread.</summary>
    public Task AppendAsync(PendingAppend append) => _queue.TryAdd(append)
        ? append.Task
        : Task.FromException(new StorageUnavailableException(
            "The storage is closing, or too many turns wait for it. Nothing was stored; try again."));

    /// <summary>Writes what waits, then ends the thread and closes the database.</summary>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join();
    }

    private void Run()
    {
        while (_queue.Take(_batch, _options.TurnsPerCommitMax))
        {
            if (TryCommit(_batch) is { } failure)
            {
                Recover(failure);
            }

            _batch.Clear();
            CheckpointWhenDue();
        }

        _writer?.Dispose();
    }

    /// <summary>Stores turns in one transaction and answers them; or answers none and tells why.</summary>
    private SqliteException? TryCommit(List<PendingAppend> batch)
    {
        if (_damage is not null)
        {
            return _damage;
        }

        _written.Clear();
        var bytes = 0L;
        try
        {
            _writer ??= new SqliteTurnWriter(SqliteSchema.OpenWriter(_path, _options));
            _writer.Begin();
            foreach (var append in batch)
            {
                if (_writer.TryWrite(append, out var size))
                {
                    _written.Add(append);
                    bytes += size;
                }
                else
                {
                    append.TrySetException(
                        new JournalConflictException(append.Entity, append.Expected));
                }
            }

            _writer.Commit();
        }
        catch (SqliteException e)
        {
            DropWriter();
            _damage = SqliteTrouble.IsDamage(e) ? e : null;
            return e;
        }

        _trouble = null;
        _aheadBytes += bytes;
        Volatile.Write(ref _commits, _commits + 1);
        Volatile.Write(ref _turns, _turns + _written.Count);
        Volatile.Write(ref _bytes, _bytes + bytes);
        foreach (var append in _written)
        {
            append.SetResult();
        }

        return null;
    }

    private void Recover(SqliteException failure)
    {
        if (!SqliteTrouble.IsOfTheDisk(failure) && _batch.Count > 1)
        {
            foreach (var append in _batch.Where(a => !a.Task.IsCompleted).ToArray())
            {
                if (TryCommit([append]) is { } own)
                {
                    Fail([append], own);
                }
            }

            return;
        }

        Fail(_batch, failure);
    }

    private void Fail(List<PendingAppend> batch, SqliteException failure)
    {
        var told = SqliteTrouble.Describe(failure, _path);
        _trouble = told.Message;
        StorageLog.CommitFailed(_logger, batch.Count, told.Message);
        foreach (var append in batch)
        {
            append.TrySetException(new StorageUnavailableException(told.Message, failure));
        }
    }

    private void DropWriter()
    {
        // Closing rolls back what was not committed.
        _writer?.Dispose();
        _writer = null;
    }

    private void CheckpointWhenDue()
    {
        if (_aheadBytes < _options.CheckpointSizeBytes || _writer is null)
        {
            return;
        }

        try
        {
            // When readers held some pages back, the next round is due after as much again.
            _writer.Checkpoint();
            _aheadBytes = 0;
        }
        catch (SqliteException e)
        {
            // What is committed stays in the write-ahead file; the next commit meets the same disk and tells
            // its callers.
            StorageLog.CheckpointFailed(_logger, SqliteTrouble.Describe(e, _path).Message);
            _aheadBytes = 0;
            DropWriter();
        }
    }
}
