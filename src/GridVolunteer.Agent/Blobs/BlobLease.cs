namespace GridVolunteer.Agent.Blobs;

/// <summary>A blob's file that stays where it is until the lease is disposed of. Safe to dispose twice.</summary>
internal sealed class BlobLease(string path, Action release) : IDisposable
{
    private Action? _release = release;

    /// <summary>The file; read only.</summary>
    public string Path => path;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
