namespace GridVolunteer.Groups.Swarm;

/// <summary>What this process has of a blob, and who wants to hear when it becomes more.</summary>
internal sealed class HeldBlob(BlobShape shape, PieceSet pieces, bool isShared)
{
    public BlobShape Shape { get; } = shape;

    public PieceSet Pieces { get; } = pieces;

    /// <summary>Whether others may have it.</summary>
    public bool IsShared { get; set; } = isShared;

    /// <summary>The download that is under way; null when none is.</summary>
    public Download? Download { get; set; }

    /// <summary>Who has asked; the first are dropped for more.</summary>
    public List<ProcessId> Listeners { get; } = [];
}
