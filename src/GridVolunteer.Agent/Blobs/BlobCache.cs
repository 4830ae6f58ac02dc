using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Client;

namespace GridVolunteer.Agent.Blobs;

/// <summary>
/// Blobs on disk, the least recently used removed when they take too much space. A file appears by a rename after its hash
/// was checked and it was synced; a file of an earlier agent is checked when it is first used. Everyone who asks for a blob
/// that is on its way waits for the same fetch. Safe for concurrent use.
/// </summary>
internal sealed class BlobCache
{
    private readonly Lock _gate = new();
    private readonly Dictionary<BlobId, CachedBlob> _blobs = [];
    private readonly string _folder;
    private readonly long _sizeBytesMax;
    private readonly Func<BlobId, Stream, CancellationToken, Task> _fetch;
    private long _uses;

    /// <summary>
    /// A cache in <paramref name="folder"/>. <paramref name="fetch"/> writes a blob's bytes to a stream, and throws
    /// <see cref="BlobMismatchException"/> when they are not it.
    /// </summary>
    public BlobCache(string folder, long sizeBytesMax, Func<BlobId, Stream, CancellationToken, Task> fetch)
    {
        _folder = folder;
        _sizeBytesMax = sizeBytesMax;
        _fetch = fetch;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().OrderBy(f => f.LastAccessTimeUtc))
        {
            if (BlobId.TryParse(file.Name, null, out var id) && file.Length == id.LengthBytes)
            {
                _blobs.Add(id, new CachedBlob(id) { LastUse = ++_uses });
            }
            else
            {
                file.Delete();
            }
        }
    }

    /// <summary>Told of a blob that was removed, so that what was made of it can go too.</summary>
    public Action<BlobId>? Removed { get; set; }

    /// <summary>Bytes on disk, those on their way included.</summary>
    public long SizeBytes
    {
        get
        {
            lock (_gate)
            {
                return _blobs.Keys.Sum(b => b.LengthBytes);
            }
        }
    }

    /// <summary>Whether the blob is here or on its way.</summary>
    public bool Has(BlobId id)
    {
        lock (_gate)
        {
            return _blobs.ContainsKey(id);
        }
    }

    /// <summary>A lease on the blob's file, fetched first when it is not here.</summary>
    public async Task<BlobLease> LeaseAsync(BlobId id, CancellationToken cancellation)
    {
        while (true)
        {
            Task arriving;
            lock (_gate)
            {
                var blob = Touch(id);
                if (blob.Checked)
                {
                    blob.Leases++;
                    return new BlobLease(PathOf(id), () => Release(blob));
                }

                blob.Arriving ??= ArriveAsync(blob, cancellation);
                arriving = blob.Arriving;
            }

            try
            {
                await arriving.WaitAsync(cancellation);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Whoever had begun the fetch gave it up; this caller still wants it.
            }
        }
    }

    /// <summary>
    /// Takes in a file that is this blob, as its maker has just checked, by moving it; where it is held already the file is
    /// removed.
    /// </summary>
    public void Adopt(BlobId id, string path)
    {
        lock (_gate)
        {
            var blob = Touch(id);
            if (blob.Checked || blob.Arriving is not null)
            {
                File.Delete(path);
                return;
            }

            File.Move(path, PathOf(id), overwrite: true);
            blob.Checked = true;
            MakeRoom(0);
        }
    }

    private CachedBlob Touch(BlobId id)
    {
        if (!_blobs.TryGetValue(id, out var blob))
        {
            blob = new CachedBlob(id);
            _blobs.Add(id, blob);
        }

        blob.LastUse = ++_uses;
        return blob;
    }

    private async Task ArriveAsync(CachedBlob blob, CancellationToken cancellation)
    {
        await Task.Yield();
        var path = PathOf(blob.Id);
        try
        {
            if (!File.Exists(path) || await BlobHasher.OfFileAsync(path, cancellation) != blob.Id)
            {
                await FetchAsync(blob.Id, path, cancellation);
            }

            lock (_gate)
            {
                blob.Checked = true;
                blob.Arriving = null;
                MakeRoom(0);
            }
        }
        catch
        {
            lock (_gate)
            {
                blob.Arriving = null;
                _blobs.Remove(blob.Id);
            }

            throw;
        }
    }

    private async Task FetchAsync(BlobId id, string path, CancellationToken cancellation)
    {
        lock (_gate)
        {
            MakeRoom(id.LengthBytes);
        }

        var part = path + ".part";
        try
        {
            await using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                await _fetch(id, file, cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private void Release(CachedBlob blob)
    {
        lock (_gate)
        {
            blob.Leases--;
            MakeRoom(0);
        }
    }

    /// <summary>Removes unused blobs, longest unused first, until all fit; what is in use stays even when it does not.</summary>
    private void MakeRoom(long comingBytes)
    {
        var total = comingBytes + _blobs.Values.Where(b => b.Arriving is null || b.Checked).Sum(b => b.Id.LengthBytes);
        if (total <= _sizeBytesMax)
        {
            return;
        }

        foreach (var blob in _blobs.Values.Where(b => b.Leases == 0 && b.Arriving is null).OrderBy(b => b.LastUse).ToList())
        {
            if (total <= _sizeBytesMax)
            {
                return;
            }

            _blobs.Remove(blob.Id);
            File.Delete(PathOf(blob.Id));
            total -= blob.Id.LengthBytes;
            Removed?.Invoke(blob.Id);
        }
    }

    private string PathOf(BlobId id) => Path.Combine(_folder, id.ToString());
}
