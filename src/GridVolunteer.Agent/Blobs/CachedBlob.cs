using GridVolunteer.Protocol.Blobs;

namespace GridVolunteer.Agent.Blobs;

/// <summary>A blob in the cache, or on its way there.</summary>
internal sealed class CachedBlob(BlobId id)
{
    public BlobId Id => id;

    /// <summary>Leases on it; a blob with any is never removed.</summary>
    public int Leases { get; set; }

    /// <summary>The order of use: larger is later.</summary>
    public long LastUse { get; set; }

    /// <summary>True once its bytes lie on disk and were checked by this agent.</summary>
    public bool Checked { get; set; }

    /// <summary>The fetch or check under way, shared by everyone who asks meanwhile.</summary>
    public Task? Arriving { get; set; }
}
