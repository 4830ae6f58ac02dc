using GridVolunteer.Coordinator.Blobs;

namespace GridVolunteer.Coordinator.Tests.Blobs;

/// <summary>A blob store in a data folder that is gone at the end.</summary>
internal sealed class BlobFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gv-blobs-");

    public BlobFolder(long sizeBytesMax = 1 << 20)
    {
        Store = BlobStore.Open(_folder.FullName, new BlobStoreOptions { BlobSizeBytesMax = sizeBytesMax });
    }

    public BlobStore Store { get; private set; }

    public string Path => System.IO.Path.Combine(_folder.FullName, "blobs");

    public string Incoming => System.IO.Path.Combine(Path, "incoming");

    public void Reopen()
    {
        Store = BlobStore.Open(_folder.FullName, new BlobStoreOptions());
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
