using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordination.Entities;

/// <summary>
/// Writes the binary form of records and snapshots: whole numbers as varints, times as UTC ticks.
/// </summary>
/// <param name="output">Where to.</param>
public readonly struct RecordWriter(IBufferWriter<byte> output)
{
    /// <summary>One byte: a type id, a schema version, a small enumeration.</summary>
    public void WriteByte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    /// <summary>True or false, as a byte.</summary>
    public void WriteFlag(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>A number that is 0 or more.</summary>
    public void WriteLong(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Varint.Write(output, (ulong)value);
    }

    /// <summary>A time.</summary>
    public void WriteTime(DateTimeOffset value) => WriteLong(value.UtcTicks);

    /// <summary>Bytes after their length.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteLong(value.Length);
        output.Write(value);
    }

    /// <summary>Bytes whose number the reader knows.</summary>
    public void WriteRaw(ReadOnlySpan<byte> value) => output.Write(value);

    /// <summary>A floating-point number, bit for bit.</summary>
    public void WriteReal(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(sizeof(double)), value);
        output.Advance(sizeof(double));
    }

    /// <summary>Text as UTF-8 after its length in bytes.</summary>
    public void WriteText(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        WriteLong(length);
        output.Advance(Encoding.UTF8.GetBytes(value, output.GetSpan(length)));
    }
}
