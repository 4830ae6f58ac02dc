using System.Buffers;

namespace GridVolunteer.Protocol.Packing;

/// <summary>Inputs of a table's units one after the other: varint length, then bytes.</summary>
public static class PackedInputs
{
    /// <summary>
    /// The largest input of one unit in a table, in bytes; larger things are the job's inputs by name.
    /// </summary>
    public const int UnitInputSizeBytesMax = 64 * 1024;

    /// <summary>Appends one unit's input.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> input)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(input.Length, UnitInputSizeBytesMax);
        Varint.Write(output, (ulong)input.Length);
        output.Write(input);
    }

    /// <summary>
    /// Reads the entry at <paramref name="position"/> and moves past it; false when the bytes end or are
    /// malformed.
    /// </summary>
    public static bool TryRead(ReadOnlyMemory<byte> packed, ref int position, out ReadOnlyMemory<byte> input)
    {
        input = default;
        if (!Varint.TryRead(packed.Span[position..], out var length, out var used)
            || length > UnitInputSizeBytesMax || (int)length > packed.Length - position - used)
        {
            return false;
        }

        input = packed.Slice(position + used, (int)length);
        position += used + (int)length;
        return true;
    }
}
