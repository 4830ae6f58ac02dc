namespace GridVolunteer.Coordinator.Blobs;

/// <summary>What became of an upload.</summary>
public enum BlobPutOutcome
{
    /// <summary>It is on the disk from now on.</summary>
    Stored,

    /// <summary>It was there already; the upload was not read.</summary>
    Existed,

    /// <summary>The bytes are not those the id names. Nothing was kept.</summary>
    WrongBytes,

    /// <summary>The blob is larger than the store takes. Nothing was read.</summary>
    TooLarge,
}
