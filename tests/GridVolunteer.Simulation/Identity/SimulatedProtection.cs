using System.Buffers.Binary;
using GridVolunteer.Groups;
using GridVolunteer.Groups.Framing;
using GridVolunteer.Groups.Wire;
using GridVolunteer.Simulation.Engine;

namespace GridVolunteer.Simulation.Identity;

/// <summary>
/// Stands in for sealed datagrams: a tag of 8 bytes over sender, receiver and frame. A frame that arrives changed
/// does not open.
/// </summary>
public sealed class SimulatedProtection(ProcessId self) : IFrameProtection
{
    private const int TagSizeBytes = 8;

    /// <inheritdoc/>
    public void Seal(ProcessId to, ReadOnlySpan<byte> frame, WireWriter into)
    {
        into.WriteRaw(frame);
        into.WriteUInt64(Tag(self, to, frame));
    }

    /// <inheritdoc/>
    public bool TryOpen(ProcessId from, ReadOnlySpan<byte> sealedFrame, WireWriter into)
    {
        if (sealedFrame.Length < TagSizeBytes)
        {
            return false;
        }

        var frame = sealedFrame[..^TagSizeBytes];
        into.WriteRaw(frame);
        return BinaryPrimitives.ReadUInt64LittleEndian(sealedFrame[^TagSizeBytes..]) == Tag(from, self, frame);
    }

    /// <inheritdoc/>
    public bool TrySealForAll(ReadOnlySpan<byte> frame, WireWriter into)
    {
        into.WriteRaw(frame);
        into.WriteUInt64(Tag(self, default, frame));
        return true;
    }

    /// <inheritdoc/>
    public bool TryOpenForAll(ProcessId from, ReadOnlySpan<byte> sealedFrame, WireWriter into)
    {
        if (sealedFrame.Length < TagSizeBytes)
        {
            return false;
        }

        var frame = sealedFrame[..^TagSizeBytes];
        into.WriteRaw(frame);
        return BinaryPrimitives.ReadUInt64LittleEndian(sealedFrame[^TagSizeBytes..]) == Tag(from, default, frame);
    }

    private static ulong Tag(ProcessId from, ProcessId to, ReadOnlySpan<byte> frame)
    {
        var hash = new TraceHash();
        hash.Add((long)(ulong)from.Value, (long)(ulong)to.Value, frame.Length);
        hash.Add(frame);
        return hash.Value;
    }
}
