namespace GridVolunteer.Coordinator.Blobs;

/// <summary>What became of bytes that were to be kept as a blob.</summary>
public enum BlobPutOutcome
{
    /// <summary>They are kept, or were here already.</summary>
    Stored,

    /// <summary>There are more or fewer than the name says.</summary>
    WrongLength,

    /// <summary>Their root is not the one in the name.</summary>
    WrongHash,
}
