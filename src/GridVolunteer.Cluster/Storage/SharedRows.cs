using System.Collections.Concurrent;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cluster.Storage;

/// <summary>
/// Rows of result bytes in the shared folder, one file for each loading of a shard. A row is on the disk
/// before the turn that names it is journalled; a turn that then fails leaves a row behind that nobody names,
/// and the next loading writes its own under the same sequence into a file of a later epoch. So of several
/// rows with one sequence that of the latest epoch counts. Any number of callers at once.
/// </summary>
internal sealed class SharedRows : IResultStore, IDisposable
{
    private const string Extension = ".rows";
    private const int IndexesMax = 1024;

    private readonly EntityFolder _folder;
    private readonly ConcurrentDictionary<(ShardId Shard, long Epoch), RowFile> _files = new();
    private readonly ConcurrentDictionary<string, RowIndex> _indexes = new();
    private readonly int _openFilesMax;
    private long _uses;

    /// <summary>Rows in a folder, with at most some <paramref name="openFilesMax"/> handles open; more are opened again.</summary>
    public SharedRows(EntityFolder folder, int openFilesMax = 512)
    {
        _folder = folder;
        _openFilesMax = openFilesMax;
    }

    /// <summary>Stores rows; ends when they are on the disk.</summary>
    /// <exception cref="StorageUnavailableException">They cannot be written; nothing names them.</exception>
    public async ValueTask AppendAsync(ShardId shard, long epoch, IReadOnlyList<ResultRow> rows)
    {
        try
        {
            // A sync blocks its thread, and a grain's scheduler is no place for that.
            await Task.Run(() => Append(shard, epoch, rows));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Close(shard, epoch);
            throw new StorageUnavailableException(
                $"Results of {shard} cannot be written to the shared folder: {e.Message} Nothing was kept; try again.",
                e);
        }
    }

    /// <summary>A loading of a shard writes no more.</summary>
    public void Close(ShardId shard, long epoch)
    {
        if (_files.TryGetValue((shard, epoch), out var file))
        {
            lock (file)
            {
                // Only then out of the list: who finds it gone opens the file again, and the handle keeps others out.
                file.Dispose();
                _files.TryRemove(KeyValuePair.Create((shard, epoch), file));
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadRowAsync(
        ShardId shard, long sequence, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var path in EntityFolder.Latest(_folder.Of(shard), Extension))
            {
                if (await ReadAsync(path, sequence, cancellationToken) is { } row)
                {
                    return row;
                }
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(
                $"Results of {shard} cannot be read from the shared folder: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files.Values)
        {
            file.Dispose();
        }

        _files.Clear();
    }

    private void Append(ShardId shard, long epoch, IReadOnlyList<ResultRow> rows)
    {
        while (!TryAppend(_files.GetOrAdd((shard, epoch), key => Open(key.Shard, key.Epoch)), rows))
        {
            // Another shard's append closed it a moment ago, to save handles: open it again.
        }

        CloseUnused();
    }

    private bool TryAppend(RowFile file, IReadOnlyList<ResultRow> rows)
    {
        lock (file)
        {
            if (file.IsClosed)
            {
                return false;
            }

            file.UsedAt = Interlocked.Increment(ref _uses);
            file.Append(rows);
            return true;
        }
    }

    private RowFile Open(ShardId shard, long epoch)
    {
        var folder = _folder.Of(shard);
        var path = EntityFolder.FileOf(folder, epoch, Extension);
        if (File.Exists(path))
        {
            return RowFile.Reopen(path);
        }

        _folder.Create(folder);
        var file = RowFile.Create(path);
        FolderSync.Sync(folder);
        return file;
    }

    /// <summary>Handles are few: those not used for longest go and are opened again when needed.</summary>
    private void CloseUnused()
    {
        if (_files.Count <= _openFilesMax)
        {
            return;
        }

        foreach (var (key, _) in _files.ToArray().OrderBy(entry => entry.Value.UsedAt).Take((_openFilesMax / 4) + 1))
        {
            Close(key.Shard, key.Epoch);
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(
        string path, long sequence, CancellationToken cancellationToken)
    {
        if (_indexes.Count > IndexesMax)
        {
            _indexes.Clear();
        }

        using var file = File.OpenHandle(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
        if (_indexes.GetOrAdd(path, static _ => new RowIndex()).Find(file, sequence) is not { } row)
        {
            return null;
        }

        var bytes = new byte[row.Header.LengthBytes];
        var read = await RandomAccess.ReadAsync(file, bytes, row.Start, cancellationToken);
        return row.Header.Fits(bytes.AsSpan(0, read))
            ? bytes
            : throw new StorageUnavailableException(
                $"Row {sequence} in '{path}' is damaged: its bytes do not fit their checksum.");
    }
}
