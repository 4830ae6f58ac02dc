using GridVolunteer.Coordinator.Blobs;
using GridVolunteer.Coordinator.Storage;

namespace GridVolunteer.Coordinator.Tests.Blobs;

/// <summary>A blob store in a data folder that is gone at the end.</summary>
internal sealed class BlobFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gv-blobs-");

    public BlobFolder(long sizeBytesMax = 1 << 20)
    {
        using var locked = DataFolderLock.Acquire(_folder.FullName);
        Store = BlobStore.Open(locked, new BlobStoreOptions { BlobSizeBytesMax = sizeBytesMax });
    }

    public BlobStore Store { get; private set; }

    public string Path => System.IO.Path.Combine(_folder.FullName, "blobs");

    public string Incoming => System.IO.Path.Combine(Path, "incoming");

    public void Reopen()
    {
        using var locked = DataFolderLock.Acquire(_folder.FullName);
        Store = BlobStore.Open(locked, new BlobStoreOptions());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
