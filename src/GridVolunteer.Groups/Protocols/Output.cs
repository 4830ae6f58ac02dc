namespace GridVolunteer.Groups.Protocols;

/// <summary>
/// What a protocol decided in one step: messages to send, and events for whoever stands above it, each in order.
/// The host hands the same output in again and again: it carries out what is in it and clears it. One buffer
/// holds the bytes of all messages; a message for several receivers is in it once.
/// </summary>
/// <typeparam name="TEvent">What the protocol delivers upwards.</typeparam>
public sealed class Output<TEvent>
{
    /// <summary>
    /// Bytes a datagram may have: what passes any path unfragmented (IPv6's 1,280, less headers and a seal).
    /// </summary>
    public const int DatagramSizeBytesMax = 1_180;

    private readonly List<OutgoingMessage> _messages = [];
    private readonly List<TEvent> _events = [];
    private readonly PackedBytes _bytes = new(1_024);

    /// <summary>Messages to send, in order.</summary>
    public IReadOnlyList<OutgoingMessage> Messages => _messages;

    /// <summary>Events, in order.</summary>
    public IReadOnlyList<TEvent> Events => _events;

    /// <summary>True when nothing is to be done.</summary>
    public bool IsEmpty => _messages.Count == 0 && _events.Count == 0;

    /// <summary>The bytes of a message. Valid until the output is written or cleared.</summary>
    public ReadOnlySpan<byte> BytesOf(OutgoingMessage message) => _bytes[message.Start, message.SizeBytes];

    /// <summary>Asks for a message to be sent to one process; the bytes are copied.</summary>
    public void Send(ProcessId to, Carrier carrier, ReadOnlySpan<byte> bytes) =>
        _messages.Add(new OutgoingMessage(to, carrier, _bytes.Add(bytes), bytes.Length));

    /// <summary>
    /// Asks for a message to be sent to several, <paramref name="except"/> left out; the bytes are copied once.
    /// A transport that has a group address may send it there.
    /// </summary>
    public void Multicast(
        IReadOnlyList<ProcessId> to, ProcessId except, Carrier carrier, ReadOnlySpan<byte> bytes)
    {
        var start = _bytes.Add(bytes);
        for (var i = 0; i < to.Count; i++)
        {
            if (to[i] != except)
            {
                _messages.Add(new OutgoingMessage(to[i], carrier, start, bytes.Length));
            }
        }
    }

    /// <summary>Tells whoever stands above that something happened.</summary>
    public void Emit(TEvent happened) => _events.Add(happened);

    /// <summary>Takes over the messages of another protocol's output; its events are for the caller to see to.</summary>
    public void Append<TOther>(Output<TOther> other)
    {
        if (other._messages.Count == 0)
        {
            return;
        }

        var start = _bytes.Add(other._bytes[0, other._bytes.Length]);
        foreach (var message in other._messages)
        {
            _messages.Add(message with { Start = start + message.Start });
        }
    }

    /// <summary>Forgets the events alone.</summary>
    internal void DropEvents() => _events.Clear();

    /// <summary>Empties the output for the next step; its buffers stay.</summary>
    public void Clear()
    {
        _messages.Clear();
        _events.Clear();
        _bytes.Clear();
    }
}
