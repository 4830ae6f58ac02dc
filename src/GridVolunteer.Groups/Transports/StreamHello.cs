using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Transports;

/// <summary>
/// The first frame on a stream, in both directions: who speaks, and, sealed, to whom, and where the speaker is reached. So
/// a stream that reached another process than was meant, or was opened by somebody who cannot seal, is ended.
/// </summary>
internal static class StreamHello
{
    public const int SizeBytesMax = 1_024;

    private const byte Version = 1;
    private const byte Kind = 0x01;
    private const int ContactSizeBytesMax = 128;

    /// <summary>Writes the frame.</summary>
    public static void Write(
        WireWriter into, ProcessId self, ProcessId to, ReadOnlyMemory<byte> contact, SharedGate gate)
    {
        var inner = new WireWriter();
        var mark = inner.BeginMessage(Kind, Version);
        inner.WriteProcess(to);
        inner.WriteBytes(contact.Span);
        inner.End(mark);
        into.WriteRaw("GVS1"u8);
        into.WriteProcess(self);
        gate.Seal(to, inner.Written, into);
    }

    /// <summary>Reads it; null when it is no hello to this process by somebody who may say it.</summary>
    public static (ProcessId From, byte[] Contact)? Read(
        ReadOnlySpan<byte> frame, ProcessId self, SharedGate gate, TransportCounters counters)
    {
        var reader = new WireReader(frame);
        var isOurs = reader.ReadRaw(4).SequenceEqual("GVS1"u8);
        var from = reader.ReadProcess();
        if (reader.Failed || !isOurs || from == self)
        {
            counters.OnRefused(RefusalReason.Malformed);
            return null;
        }

        if (!gate.TryOpen(from, reader.ReadRaw(reader.Remaining), out var opened))
        {
            return null;
        }

        var inner = new WireReader(opened);
        if (!inner.TryReadMessage(out var kind, out _, out var body) || kind != Kind)
        {
            counters.OnRefused(RefusalReason.Malformed);
            return null;
        }

        var to = body.ReadProcess();
        var contact = body.ReadBytes(ContactSizeBytesMax);
        if (body.Failed || to != self)
        {
            counters.OnRefused(body.Failed ? RefusalReason.Malformed : RefusalReason.NotEntitled);
            return null;
        }

        return (from, contact.ToArray());
    }
}
