using System.Net;

namespace GridVolunteer.Groups.Transports;

/// <summary>
/// A group address of the local network: IP multicast, or a broadcast address where that does not pass. Whatever is
/// sent there reaches all who listen, and receivers leave what is not for them.
/// <para>
/// Frames sent there pass the hook that seals them too, where it has a key that all share
/// (<see cref="Framing.IFrameProtection.TrySealForAll"/>). Where it has none each receiver gets a frame of its own, and the
/// address serves only for finding each other.
/// </para>
/// </summary>
public sealed record LanOptions
{
    /// <summary>
    /// The address. Default 239.192.71.86, of those that an organisation gives out itself (RFC 2365). A broadcast
    /// address, 255.255.255.255 or that of a subnet, is told apart by not being one of multicast.
    /// </summary>
    public IPAddress Address { get; init; } = new([239, 192, 71, 86]);

    /// <summary>The port, the same for all. Default 7186.</summary>
    public int Port { get; init; } = 7_186;

    /// <summary>The own address of the network card to use. Default: the one that is listened on.</summary>
    public IPAddress? Interface { get; init; }

    /// <summary>How many routers a packet passes, plus one. Default 1: it stays on the local network.</summary>
    public int TimeToLive { get; init; } = 1;

    /// <summary>How often a process says that it is there. Default 10 s.</summary>
    public TimeSpan AnnounceInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>True for IP multicast, false for broadcast.</summary>
    public bool IsMulticast => Address.GetAddressBytes() is { Length: 4 } bytes && bytes[0] is >= 224 and < 240;
}
