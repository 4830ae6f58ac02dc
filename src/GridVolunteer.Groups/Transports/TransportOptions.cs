using System.Net;
using GridVolunteer.Groups.Framing;

namespace GridVolunteer.Groups.Transports;

/// <summary>How a <see cref="NetworkTransport"/> reaches others, and is reached.</summary>
public sealed record TransportOptions
{
    /// <summary>
    /// Where to listen, for datagrams and streams alike. Default: loopback, any free port. With
    /// <see cref="IPAddress.Any"/> set <see cref="Advertised"/> where the machine has several addresses.
    /// </summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>
    /// The address others are told. Default: the one listened on; when that is any, the first of the machine's that
    /// is not loopback.
    /// </summary>
    public IPAddress? Advertised { get; init; }

    /// <summary>
    /// The group address of the local network, for one packet to many and for finding each other. Default none.
    /// </summary>
    public LanOptions? Lan { get; init; }

    /// <summary>Seals and opens frames. Default none: for networks where everybody is trusted.</summary>
    public IFrameProtection? Protection { get; init; }

    /// <summary>The most bytes that wait for one process's stream. Default 8 MiB; more are dropped.</summary>
    public int StreamQueueSizeBytesMax { get; init; } = 8 << 20;

    /// <summary>How many processes' addresses are remembered. Default 4,096; others are refused.</summary>
    public int PeersMax { get; init; } = 4_096;

    /// <summary>How many streams others may open. Default 1,024.</summary>
    public int StreamsMax { get; init; } = 1_024;

    /// <summary>
    /// When more than this waits for a process to which a stream is open, it goes there in one piece, and not in
    /// datagrams. Default 2,400 bytes. What the failure detector sends never does.
    /// </summary>
    public int BulkSizeBytes { get; init; } = 2_400;
}
