namespace GridVolunteer.Coordinator.Blobs;

/// <summary>Bounds of the blob store.</summary>
public sealed class BlobStoreOptions
{
    /// <summary>The largest blob taken in, in bytes. Default 1 GiB.</summary>
    public long BlobSizeBytesMax { get; init; } = 1L << 30;
}
