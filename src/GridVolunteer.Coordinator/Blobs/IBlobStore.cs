using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Protocol.Blobs;

namespace GridVolunteer.Coordinator.Blobs;

/// <summary>Where blobs lie: a folder of this machine, or a store that silos share. Any number of callers at once.</summary>
public interface IBlobStore
{
    /// <summary>Whether the blob is here, whole and synced. Cheap: it is asked for every blob that a report names.</summary>
    bool Contains(BlobId blob);

    /// <summary>
    /// Takes a blob in: reads <paramref name="bytes"/> to their end, checks length and root, and answers when the blob and
    /// its folder are synced. One that is here already is read no further than needed. Nothing is kept of bytes that do
    /// not match, nor when the reading is cancelled or fails.
    /// </summary>
    /// <exception cref="StorageUnavailableException">It cannot be written: the disk is full or fails.</exception>
    ValueTask<BlobPutOutcome> PutAsync(BlobId blob, Stream bytes, CancellationToken cancellationToken);

    /// <summary>The blob's bytes as a seekable stream, or null when it is not here.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be read.</exception>
    Stream? OpenRead(BlobId blob);
}
