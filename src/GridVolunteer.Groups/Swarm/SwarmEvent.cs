namespace GridVolunteer.Groups.Swarm;

/// <summary>What a swarm delivers.</summary>
public abstract record SwarmEvent
{
    private SwarmEvent()
    {
    }

    /// <summary>Store this block: it has passed the check.</summary>
    /// <param name="Blob">The blob.</param>
    /// <param name="Block">The number of the block.</param>
    /// <param name="OffsetBytes">Where it begins.</param>
    /// <param name="Data">Its bytes.</param>
    public sealed record BlockArrived(BlobName Blob, int Block, long OffsetBytes, ReadOnlyMemory<byte> Data)
        : SwarmEvent;

    /// <summary>A piece is here, and is shared from now on.</summary>
    /// <param name="Blob">The blob.</param>
    /// <param name="Piece">The number of the piece.</param>
    public sealed record PieceCompleted(BlobName Blob, int Piece) : SwarmEvent;

    /// <summary>A download is here whole.</summary>
    /// <param name="Blob">The blob.</param>
    public sealed record BlobCompleted(BlobName Blob) : SwarmEvent;

    /// <summary>
    /// A peer sent bytes that are not what it was asked for. Nothing was stored, and it is not asked for this
    /// blob again. Only the sender of the very bytes is named.
    /// </summary>
    /// <param name="Blob">The blob.</param>
    /// <param name="Peer">The peer.</param>
    /// <param name="Block">The number of the block.</param>
    public sealed record WrongBlock(BlobName Blob, ProcessId Peer, int Block) : SwarmEvent;

    /// <summary>A peer does not share a blob now.</summary>
    /// <param name="Blob">The blob.</param>
    /// <param name="Peer">The peer.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(BlobName Blob, ProcessId Peer, RefuseReason Reason) : SwarmEvent;

    /// <summary>
    /// A peer is to be sent a block: read it and call <see cref="SwarmNode.Supply"/>, or
    /// <see cref="SwarmNode.Refuse"/>.
    /// </summary>
    /// <param name="Blob">The blob.</param>
    /// <param name="Peer">The peer.</param>
    /// <param name="Block">The number of the block.</param>
    public sealed record BlockWanted(BlobName Blob, ProcessId Peer, int Block) : SwarmEvent;
}
