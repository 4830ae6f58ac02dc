namespace GridVolunteer.Coordinator.Blobs;

/// <summary>Bounds of the blob store.</summary>
public sealed class BlobStoreOptions
{
    /// <summary>The largest blob taken in, in bytes. Default 1 GiB.</summary>
    public long BlobSizeBytesMax { get; init; } = 1L << 30;

    /// <summary>
    /// Whose uploads these are, where several processes share the folder; each needs a name of its own.
    /// Default: the folder is this process' alone.
    /// </summary>
    public string Owner { get; init; } = "incoming";
}
