using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Transports;

/// <summary>
/// The group address: one packet reaches all who listen there. A packet names its receivers by the first four bytes of
/// their ids; one that is not named leaves it. Who has been heard here lately is thought to hear as well; if not, what
/// it missed is repeated to it alone.
/// </summary>
internal sealed class LanChannel : IAsyncDisposable
{
    /// <summary>What passes a local network in one piece.</summary>
    public const int PacketSizeBytesMax = 1_472;

    private const int ShortIdSizeBytes = 4;
    private const int HeardMax = 4_096;
    private const int HeardIntervals = 3;

    private readonly ProcessId _self;
    private readonly LanOptions _options;
    private readonly TransportCounters _counters;
    private readonly TimeProvider _time;
    private readonly DatagramSocket _in;
    private readonly DatagramSocket _out;
    private readonly SocketAddress _address;
    private readonly WireWriter _packet = new();
    private readonly WireWriter _body = new();
    private readonly byte[] _header = new byte[PacketHeader.SizeBytes];
    private readonly Dictionary<ProcessId, long> _heard = [];
    private readonly Lock _lock = new();

    public LanChannel(
        ProcessId self, LanOptions options, IPAddress listen, TransportCounters counters, TimeProvider time)
    {
        _self = self;
        _options = options;
        _counters = counters;
        _time = time;
        var card = options.Interface ?? listen;
        _in = new DatagramSocket(Inward(options, card), counters);
        _out = new DatagramSocket(Outward(options, card), counters);
        _address = new IPEndPoint(options.Address, options.Port).Serialize();
        PacketHeader.Write(_header, PacketKind.FrameForSome, self);
    }

    public void Start(PacketReader read, Action ready) => _in.Start(read, ready);

    /// <summary>Notes that a process has been heard here; true when it had not been, lately.</summary>
    public bool Hear(ProcessId id)
    {
        lock (_lock)
        {
            if (_heard.Count >= HeardMax && !_heard.ContainsKey(id))
            {
                _counters.OnRefused(RefusalReason.OverLimit);
                return false;
            }

            var isNew = !HasHeard(id);
            _heard[id] = _time.GetTimestamp();
            return isNew;
        }
    }

    /// <summary>True when a packet sent here should reach all of these, and more than one.</summary>
    public bool Reaches(ReadOnlySpan<ProcessId> all)
    {
        lock (_lock)
        {
            foreach (var id in all)
            {
                if (!HasHeard(id))
                {
                    return false;
                }
            }
        }

        return all.Length > 1;
    }

    public void Announce(ReadOnlySpan<byte> contact, bool wantsAnswer)
    {
        Span<byte> packet = stackalloc byte[PacketHeader.SizeBytes + 1 + contact.Length];
        PacketHeader.Write(packet, PacketKind.Announcement, _self);
        packet[PacketHeader.SizeBytes] = wantsAnswer ? (byte)1 : (byte)0;
        contact.CopyTo(packet[(PacketHeader.SizeBytes + 1)..]);
        _out.TrySend(packet, _address);
    }

    /// <summary>
    /// Sends a frame to some, sealed together with their names; false when it does not fit, or cannot be sealed for all.
    /// </summary>
    public bool TrySend(ReadOnlySpan<ProcessId> to, ReadOnlySpan<byte> frame, SharedGate gate)
    {
        if (to.Length > byte.MaxValue
            || PacketHeader.SizeBytes + 1 + (ShortIdSizeBytes * to.Length) + frame.Length > PacketSizeBytesMax)
        {
            return false;
        }

        _body.Clear();
        _body.WriteByte((byte)to.Length);
        Span<byte> shortId = stackalloc byte[ShortIdSizeBytes];
        foreach (var id in to)
        {
            BinaryPrimitives.WriteUInt32BigEndian(shortId, ShortId(id));
            _body.WriteRaw(shortId);
        }

        _body.WriteRaw(frame);
        _packet.Clear();
        _packet.WriteRaw(_header);
        return gate.TrySealForAll(_body.Written, _packet) && _packet.Length <= PacketSizeBytesMax
            && _out.TrySend(_packet.Written, _address);
    }

    /// <summary>Reads what is for some; true, with the frame, when this process is one of them.</summary>
    public bool TryRead(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (body.IsEmpty || body.Length < 1 + (ShortIdSizeBytes * body[0]))
        {
            _counters.OnRefused(RefusalReason.Malformed);
            return false;
        }

        var ids = MemoryMarshal.Cast<byte, uint>(body.Slice(1, ShortIdSizeBytes * body[0]));
        var own = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReverseEndianness(ShortId(_self))
            : ShortId(_self);
        frame = body[(1 + (ShortIdSizeBytes * body[0]))..];
        return ids.Contains(own);
    }

    public async ValueTask DisposeAsync()
    {
        await _in.DisposeAsync();
        await _out.DisposeAsync();
    }

    private bool HasHeard(ProcessId id) =>
        _heard.TryGetValue(id, out var at)
        && _time.GetElapsedTime(at) < _options.AnnounceInterval * HeardIntervals;

    private static uint ShortId(ProcessId id) => (uint)(id.Value >> 96);

    private static Socket Inward(LanOptions options, IPAddress card)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            // Several processes of one machine listen on the one port.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
            var bindsToGroup = options.IsMulticast && !OperatingSystem.IsWindows();
            socket.Bind(new IPEndPoint(bindsToGroup ? options.Address : IPAddress.Any, options.Port));
            if (options.IsMulticast)
            {
                socket.SetSocketOption(
                    SocketOptionLevel.IP,
                    SocketOptionName.AddMembership,
                    new MulticastOption(options.Address, card));
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket Outward(LanOptions options, IPAddress card)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(card, 0));
            if (options.IsMulticast)
            {
                socket.SetSocketOption(
                    SocketOptionLevel.IP, SocketOptionName.MulticastInterface, card.GetAddressBytes());
                socket.SetSocketOption(
                    SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, options.TimeToLive);
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastLoopback, optionValue: true);
            }
            else
            {
                socket.EnableBroadcast = true;
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
