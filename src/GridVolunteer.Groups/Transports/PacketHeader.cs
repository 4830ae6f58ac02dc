using System.Buffers.Binary;

namespace GridVolunteer.Groups.Transports;

/// <summary>The first bytes of each datagram: recognition, kind, sender.</summary>
internal static class PacketHeader
{
    public const int SizeBytes = 3 + ProcessId.SizeBytes;

    /// <summary>What a datagram has at most: IPv6's least path (1,280 bytes) less the headers of IP and UDP.</summary>
    public const int PacketSizeBytesMax = 1_232;

    private const ushort Recognition = 0x6756;

    public static void Write(Span<byte> packet, PacketKind kind, ProcessId from)
    {
        BinaryPrimitives.WriteUInt16BigEndian(packet, Recognition);
        packet[2] = (byte)kind;
        from.CopyTo(packet[3..]);
    }

    public static bool TryRead(
        ReadOnlySpan<byte> packet, out PacketKind kind, out ProcessId from, out ReadOnlySpan<byte> body)
    {
        if (packet.Length < SizeBytes || BinaryPrimitives.ReadUInt16BigEndian(packet) != Recognition)
        {
            kind = default;
            from = default;
            body = default;
            return false;
        }

        kind = (PacketKind)packet[2];
        from = ProcessId.FromHash(packet[3..]);
        body = packet[SizeBytes..];
        return true;
    }
}
