using System.Net;
using System.Net.Sockets;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Transports;

/// <summary>
/// The transport for IP networks: UDP for datagrams, TCP for streams, one port for both; and, where there is one, a
/// group address of the local network (<see cref="LanOptions"/>), which carries one packet to many.
/// <para>
/// Small messages to one process are packed into one datagram. When more waits than a few datagrams hold, and a stream
/// is open, all of it goes there in one piece. Frames pass the hook that seals them; what does not open, is malformed or
/// is too long is refused and counted, and ends nothing but the stream it came on.
/// </para>
/// </summary>
public sealed partial class NetworkTransport : ITransport
{
    private const int PortTries = 32;
    private const int PackSizeBytesMax = 1 << 16;

    /// <summary>The message families' mask; the failure detector's datagrams stay datagrams.</summary>
    private const int FamilyMask = 0xf0;

    private readonly ProcessId _self;
    private readonly TransportOptions _options;
    private readonly SharedGate _gate;
    private readonly DatagramSocket _datagrams;
    private readonly StreamHub _streams;
    private readonly LanChannel? _lan;
    private readonly byte[] _contact;
    private readonly Dictionary<ProcessId, PeerRoute> _routes = [];
    private readonly Lock _routesLock = new();
    private readonly List<PeerRoute> _waiting = [];
    private readonly WireWriter _packet = new();
    private readonly byte[] _header = new byte[PacketHeader.SizeBytes];
    private ITimer? _announcer;
    private IArrivals _arrivals = null!;

    /// <summary>Takes a port; nothing is received before <see cref="Start"/>.</summary>
    /// <exception cref="SocketException">The port, or the group address, is not to be had.</exception>
    public NetworkTransport(ProcessId self, TransportOptions options, TimeProvider time)
    {
        _self = self;
        _options = options;
        _gate = new SharedGate(options.Protection, Counters);
        var (listener, socket) = Bind(options.Listen);
        _datagrams = new DatagramSocket(socket, Counters);
        EndPoint = new IPEndPoint(Advertise(options), _datagrams.Port);
        _contact = ContactBytes.Of(EndPoint);
        _streams = new StreamHub(self, listener, options, _gate, Counters, time) { Contact = _contact };
        try
        {
            _lan = options.Lan is { } lan
                ? new LanChannel(self, lan, EndPoint.Address, Counters, time)
                : null;
        }
        catch
        {
            listener.Dispose();
            socket.Dispose();
            throw;
        }

        PacketHeader.Write(_header, PacketKind.Frame, self);
        Time = time;
    }

    /// <summary>Where others reach this process.</summary>
    public IPEndPoint EndPoint { get; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Contact => _contact;

    /// <inheritdoc/>
    public TransportCounters Counters { get; } = new();

    private TimeProvider Time { get; }

    /// <inheritdoc/>
    public void Start(IArrivals arrivals)
    {
        _arrivals = arrivals;
        _datagrams.StartOnThread(ReadPacket, arrivals.Ready);
        _streams.Start(arrivals);
        if (_lan is { } lan)
        {
            lan.Start(ReadPacket, arrivals.Ready);
            var interval = _options.Lan!.AnnounceInterval;
            lan.Announce(_contact, wantsAnswer: true);
            _announcer = Time.CreateTimer(
                _ => lan.Announce(_contact, wantsAnswer: false), state: null, interval, interval);
        }
    }

    /// <inheritdoc/>
    public bool Learn(ProcessId id, ReadOnlySpan<byte> contact) =>
        id != _self && ContactBytes.TryRead(contact, out var endPoint) && Learn(id, endPoint, isTold: true);

    /// <inheritdoc/>
    public void Forget(ProcessId id)
    {
        lock (_routesLock)
        {
            _routes.Remove(id);
        }

        _streams.Forget(id);
    }

    /// <inheritdoc/>
    public bool Greet(ReadOnlySpan<byte> contact)
    {
        if (!ContactBytes.TryRead(contact, out var endPoint) || AsSent(endPoint) is not { } asSent)
        {
            return false;
        }

        return SendContact(PacketKind.Greeting, asSent.Serialize());
    }

    /// <inheritdoc/>
    public void Announce() => _lan?.Announce(_contact, wantsAnswer: true);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_announcer is not null)
        {
            await _announcer.DisposeAsync();
        }

        await _streams.DisposeAsync();
        await _datagrams.DisposeAsync();
        if (_lan is not null)
        {
            await _lan.DisposeAsync();
        }
    }

    private bool Learn(ProcessId id, IPEndPoint endPoint, bool isTold)
    {
        lock (_routesLock)
        {
            var isKnown = _routes.TryGetValue(id, out var route);
            if (isKnown && (endPoint.Equals(route!.EndPoint) || (route.IsTold && !isTold)))
            {
                return true;
            }

            if (AsSent(endPoint) is not { } asSent)
            {
                return false;
            }

            if (!isKnown)
            {
                if (_routes.Count >= _options.PeersMax)
                {
                    Counters.OnRefused(RefusalReason.OverLimit);
                    return false;
                }

                _routes.Add(id, route = new PeerRoute(id));
            }

            route!.Reach(endPoint, asSent, isTold);
            if (isTold)
            {
                _streams.LinkTo(id).EndPoint = asSent;
            }

            return true;
        }
    }

    /// <summary>The end point in the family of the own socket; null when it is not reached from there.</summary>
    private IPEndPoint? AsSent(IPEndPoint endPoint)
    {
        if (endPoint.AddressFamily == _datagrams.Family)
        {
            return endPoint;
        }

        return _datagrams.Family == AddressFamily.InterNetworkV6
            ? new IPEndPoint(endPoint.Address.MapToIPv6(), endPoint.Port)
            : null;
    }

    private bool SendContact(PacketKind kind, SocketAddress to)
    {
        Span<byte> packet = stackalloc byte[PacketHeader.SizeBytes + _contact.Length];
        PacketHeader.Write(packet, kind, _self);
        _contact.CopyTo(packet[PacketHeader.SizeBytes..]);
        return _datagrams.TrySend(packet, to);
    }

    private static IPAddress Advertise(TransportOptions options)
    {
        if (options.Advertised is { } advertised)
        {
            return advertised;
        }

        var listen = options.Listen.Address;
        return listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any)
            ? LocalAddresses.FirstThatOthersReach(listen.AddressFamily)
            : listen;
    }

    /// <summary>Takes one port for streams and datagrams; where any will do, one that is free for both.</summary>
    private static (Socket Listener, Socket Datagrams) Bind(IPEndPoint listen)
    {
        for (var i = 1; ; i++)
        {
            var listener = Open(listen, SocketType.Stream);
            var datagrams = default(Socket);
            try
            {
                listener.Listen();
                datagrams = Open(new IPEndPoint(listen.Address, ((IPEndPoint)listener.LocalEndPoint!).Port), SocketType.Dgram);
                return (listener, datagrams);
            }
            catch (SocketException) when (listen.Port == 0 && i < PortTries)
            {
                // Another program has that port for datagrams.
                listener.Dispose();
            }
            catch
            {
                listener.Dispose();
                datagrams?.Dispose();
                throw;
            }
        }
    }

    private static Socket Open(IPEndPoint endPoint, SocketType type)
    {
        var socket = new Socket(
            endPoint.AddressFamily, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
        try
        {
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = true;
            }

            socket.Bind(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
