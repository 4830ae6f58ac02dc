using System.Net;

namespace GridVolunteer.Groups.Transports;

/// <summary>How one process is reached, and the small messages that wait to be packed for it.</summary>
internal sealed class PeerRoute(ProcessId id)
{
    private byte[] _waiting = new byte[2_048];

    public ProcessId Id { get; } = id;

    /// <summary>Null while it is not known.</summary>
    public IPEndPoint? EndPoint { get; private set; }

    public SocketAddress? Address { get; private set; }

    /// <summary>True when somebody said where it is, rather than that it was seen there.</summary>
    public bool IsTold { get; private set; }

    public StreamLink? Stream { get; set; }

    /// <summary>Bytes that wait.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Waiting => _waiting.AsSpan(0, Length);

    /// <summary>Where each waiting message ends.</summary>
    public List<int> Ends { get; } = [];

    public void Reach(IPEndPoint endPoint, IPEndPoint asSent, bool isTold)
    {
        EndPoint = endPoint;
        Address = asSent.Serialize();
        IsTold = isTold;
    }

    public void Add(ReadOnlySpan<byte> message)
    {
        if (message.Length > _waiting.Length - Length)
        {
            Array.Resize(ref _waiting, Math.Max(_waiting.Length * 2, Length + message.Length));
        }

        message.CopyTo(_waiting.AsSpan(Length));
        Length += message.Length;
        Ends.Add(Length);
    }

    public void Clear()
    {
        Length = 0;
        Ends.Clear();
    }
}
