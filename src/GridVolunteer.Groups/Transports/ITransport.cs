using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Transports;

/// <summary>
/// Carries messages between processes: as datagrams, which may be lost, doubled and reordered, and as streams. Where
/// a process is reached is its <i>contact</i>, bytes that only transports understand. Sending never waits: what
/// cannot be sent is dropped, and told of where this machine is to blame.
/// <para>
/// Everything but <see cref="IAsyncDisposable.DisposeAsync"/> is called by one caller at a time.
/// </para>
/// </summary>
public interface ITransport : IAsyncDisposable
{
    /// <summary>Where others reach this process; at most 128 bytes. Known from the start on.</summary>
    ReadOnlyMemory<byte> Contact { get; }

    /// <summary>What has passed, and what was refused.</summary>
    TransportCounters Counters { get; }

    /// <summary>Begins to receive.</summary>
    void Start(IArrivals arrivals);

    /// <summary>
    /// Learns where a process is reached. False, and nothing changes, when these are no bytes this transport
    /// understands.
    /// </summary>
    bool Learn(ProcessId id, ReadOnlySpan<byte> contact);

    /// <summary>Forgets where a process is reached, and ends its stream.</summary>
    void Forget(ProcessId id);

    /// <summary>Asks whoever is there who it is: <see cref="IArrivals.Met"/> tells, if there is an answer.</summary>
    bool Greet(ReadOnlySpan<byte> contact);

    /// <summary>Says on the local network, where there is a group address, that this process is there.</summary>
    void Announce();

    /// <summary>
    /// Sends a message at the next <see cref="Flush"/>; several small ones to one process may travel together. The
    /// bytes are copied.
    /// </summary>
    void Send(ProcessId to, Carrier carrier, ReadOnlySpan<byte> message);

    /// <summary>Sends a message to several; one packet may carry it to all of them.</summary>
    void SendToAll(ReadOnlySpan<ProcessId> to, Carrier carrier, ReadOnlySpan<byte> message);

    /// <summary>Sends what waits.</summary>
    void Flush();
}
