using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Transports;

/// <summary>What a transport has carried, lost and refused since its start. May be read at any time.</summary>
public sealed class TransportCounters
{
    private readonly long[] _refused = new long[Enum.GetValues<RefusalReason>().Length];
    private long _packetsSent;
    private long _packetsReceived;
    private long _bytesSent;
    private long _bytesReceived;
    private long _streamBytesSent;
    private long _streamBytesReceived;
    private long _dropped;
    private long _sendsFailed;

    /// <summary>Datagrams sent; one to a group address counts once.</summary>
    public long PacketsSent => Interlocked.Read(ref _packetsSent);

    /// <summary>Datagrams received.</summary>
    public long PacketsReceived => Interlocked.Read(ref _packetsReceived);

    /// <summary>Bytes in datagrams sent, without the network's own headers.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>Bytes in datagrams received.</summary>
    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    /// <summary>Bytes sent on streams.</summary>
    public long StreamBytesSent => Interlocked.Read(ref _streamBytesSent);

    /// <summary>Bytes received on streams.</summary>
    public long StreamBytesReceived => Interlocked.Read(ref _streamBytesReceived);

    /// <summary>Messages and datagrams that were dropped because a queue or a socket's buffer was full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Sends that failed on this machine, and streams that broke.</summary>
    public long SendsFailed => Interlocked.Read(ref _sendsFailed);

    /// <summary>What arrived and was refused, for this reason.</summary>
    public long Refused(RefusalReason reason) => Interlocked.Read(ref _refused[(int)reason]);

    /// <summary>What arrived and was refused.</summary>
    public long RefusedTotal => Enum.GetValues<RefusalReason>().Sum(Refused);

    internal void OnSent(int bytes)
    {
        Interlocked.Increment(ref _packetsSent);
        Interlocked.Add(ref _bytesSent, bytes);
    }

    internal void OnReceived(int bytes)
    {
        Interlocked.Increment(ref _packetsReceived);
        Interlocked.Add(ref _bytesReceived, bytes);
    }

    internal void OnStreamSent(int bytes) => Interlocked.Add(ref _streamBytesSent, bytes);

    internal void OnStreamReceived(int bytes) => Interlocked.Add(ref _streamBytesReceived, bytes);

    internal void OnDropped() => Interlocked.Increment(ref _dropped);

    internal void OnSendFailed() => Interlocked.Increment(ref _sendsFailed);

    internal void OnRefused(RefusalReason reason) => Interlocked.Increment(ref _refused[(int)reason]);
}
