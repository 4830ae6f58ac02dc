using System.Buffers;
using System.Globalization;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Blobs;

namespace GridVolunteer.Coordinator.Blobs;

/// <summary>
/// Blobs as files in the data folder: <c>blobs/&lt;first two digits&gt;/&lt;id&gt;</c>. A file of that name
/// is whole, has the hash it is named by, and is on the disk together with the folder entry that names it:
/// bytes are written to <c>blobs/incoming</c>, checked, synced and only then renamed. Any number of callers
/// at once.
/// </summary>
public sealed class BlobStore
{
    private const string FolderName = "blobs";
    private const int BufferSizeBytes = 128 * 1024;

    private readonly string _folder;
    private readonly string _incoming;
    private readonly BlobStoreOptions _options;
    private long _lastIncoming;

    private BlobStore(string folder, BlobStoreOptions options)
    {
        _folder = folder;
        _incoming = Path.Combine(folder, options.Owner);
        _options = options;
    }

    /// <summary>The largest blob taken in, in bytes.</summary>
    public long BlobSizeBytesMax => _options.BlobSizeBytesMax;

    /// <summary>
    /// Opens the store of a data folder and removes what broken-off uploads of this owner left behind.
    /// </summary>
    /// <exception cref="DataFolderException">The folder cannot be written.</exception>
    public static BlobStore Open(string folder, BlobStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        var store = new BlobStore(Path.Combine(Path.GetFullPath(folder), FolderName), options);
        try
        {
            Directory.CreateDirectory(store._incoming);
            foreach (var left in Directory.EnumerateFiles(store._incoming))
            {
                File.Delete(left);
            }

            // All folders now: an upload that found one not yet synced by its neighbour could lose its name.
            for (var first = 0; first < 256; first++)
            {
                Directory.CreateDirectory(
                    Path.Combine(store._folder, first.ToString("x2", CultureInfo.InvariantCulture)));
            }

            FolderSync.Sync(store._folder);
            FolderSync.Sync(Path.GetDirectoryName(store._folder)!);
            return store;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException(
                $"The blob folder '{store._folder}' cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Whether a blob is here.</summary>
    public bool Contains(BlobId blob) => File.Exists(PathOf(blob));

    /// <summary>Those of <paramref name="blobs"/> that are not here, in the same order.</summary>
    public IReadOnlyList<BlobId> Missing(IReadOnlyList<BlobId> blobs)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        return [.. blobs.Where(b => !Contains(b))];
    }

    /// <summary>Opens a blob for reading from any place, or null when it is not here.</summary>
    /// <exception cref="StorageUnavailableException">It is here but cannot be opened.</exception>
    public FileStream? TryOpen(BlobId blob)
    {
        try
        {
            return new FileStream(
                PathOf(blob), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete,
                bufferSize: 0,
                FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException($"Blob {blob} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>
    /// Takes a blob in; it is on the disk when this ends with <see cref="BlobPutOutcome.Stored"/>. Reads at
    /// most one byte more than the id's length says.
    /// </summary>
    /// <exception cref="StorageUnavailableException">It cannot be written, as when the disk is full; nothing
    /// was kept.</exception>
    public async ValueTask<BlobPutOutcome> PutAsync(
        BlobId blob, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (blob.LengthBytes > _options.BlobSizeBytesMax)
        {
            return BlobPutOutcome.TooLarge;
        }

        if (Contains(blob))
        {
            return BlobPutOutcome.Existed;
        }

        var incoming = Path.Combine(_incoming, $"{Interlocked.Increment(ref _lastIncoming)}.part");
        try
        {
            if (!await ReceiveAsync(blob, content, incoming, cancellationToken))
            {
                return BlobPutOutcome.WrongBytes;
            }

            Publish(blob, incoming);
            return BlobPutOutcome.Stored;
        }
        finally
        {
            Remove(incoming); // Renamed by now, unless something went wrong.
        }
    }

    private static void Remove(string incoming)
    {
        try
        {
            if (File.Exists(incoming))
            {
                File.Delete(incoming);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start removes it; what the caller must hear of is on its way already.
        }
    }

    private async ValueTask<bool> ReceiveAsync(
        BlobId blob, Stream content, string path, CancellationToken cancellationToken)
    {
        var hasher = new BlobHasher();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSizeBytes);
        try
        {
            await using var file = Write(() => new FileStream(
                path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0));
            while (true)
            {
                var wanted = (int)Math.Min(buffer.Length, blob.LengthBytes + 1 - hasher.LengthBytes);
                var read = await content.ReadAsync(buffer.AsMemory(0, wanted), cancellationToken);
                hasher.Append(buffer.AsSpan(0, read));
                if (read == 0 || hasher.LengthBytes > blob.LengthBytes)
                {
                    break;
                }

                Write(() => file.Write(buffer, 0, read));
            }

            if (hasher.Finish() != blob)
            {
                return false;
            }

            Write(() => file.Flush(flushToDisk: true));
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Gives a file that is on the disk its name, and sees to it that the name is on the disk too.
    /// </summary>
    private void Publish(BlobId blob, string incoming) => Write(() =>
    {
        var path = PathOf(blob);
        File.Move(incoming, path, overwrite: true);
        FolderSync.Sync(Path.GetDirectoryName(path)!);
    });

    private string PathOf(BlobId blob)
    {
        var name = blob.ToString();
        return Path.Combine(_folder, name[..2], name);
    }

    private static void Write(Action write) => Write(() =>
    {
        write();
        return 0;
    });

    private static TResult Write<TResult>(Func<TResult> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(
                $"A blob cannot be written: {e.Message} Nothing of it was kept; is the disk full? Try again later.", e);
        }
    }
}
