namespace GridVolunteer.Groups.Transports;

/// <summary>
/// Where a transport hands in what arrives. Its methods are called from several threads at once.
/// </summary>
public interface IArrivals
{
    /// <summary>
    /// Messages have come, one after the other in one frame; the bytes are copied. False when there is no room:
    /// a datagram is dropped then, and a stream waits for <see cref="WhenRoomAsync"/>.
    /// </summary>
    bool TryTake(ProcessId from, ReadOnlySpan<byte> messages);

    /// <summary>What was handed in is to be looked at: called after each batch.</summary>
    void Ready();

    /// <summary>Ends when there is room again.</summary>
    Task WhenRoomAsync(CancellationToken cancellationToken);

    /// <summary>Something could not be sent to a process, or its stream broke.</summary>
    void SendFailed(ProcessId to);

    /// <summary>A process has said who it is and where it is reached.</summary>
    /// <param name="id">The process.</param>
    /// <param name="contact">Where it is reached.</param>
    /// <param name="isVouchedFor">
    /// True when what it said was sealed, or nothing is sealed on this network; false when anybody may have said it.
    /// </param>
    void Met(ProcessId id, ReadOnlySpan<byte> contact, bool isVouchedFor);
}
