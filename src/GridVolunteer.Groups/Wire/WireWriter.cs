using System.Buffers.Binary;

namespace GridVolunteer.Groups.Wire;

/// <summary>
/// Writes messages into one buffer that is used again and again. A message is a kind, a version and a body with
/// its length before it; a record inside a body has its length before it too. So both can grow at their end in
/// a later version, and a reader of an earlier one skips what it does not know. Numbers are little-endian or
/// base-128 varints; ids are big-endian.
/// </summary>
public sealed class WireWriter
{
    private const int CapacityBytesAtFirst = 256;

    private byte[] _buffer = new byte[CapacityBytesAtFirst];

    /// <summary>Bytes written since <see cref="Clear"/>.</summary>
    public int Length { get; private set; }

    /// <summary>What was written. Valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>What was written, for a send that takes its time. Valid until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, Length);

    /// <summary>Begins anew; the buffer stays.</summary>
    public void Clear() => Length = 0;

    /// <summary>Drops everything from <paramref name="length"/> on, as if it had not been written.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)Length);
        Length = length;
    }

    /// <summary>Writes a length in the four bytes at <paramref name="start"/> that were left for it.</summary>
    internal void Overwrite(int start, int length) =>
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(start, sizeof(int)), length);

    /// <summary>Begins a message; its mark is handed to <see cref="End"/>.</summary>
    public int BeginMessage(byte kind, byte version)
    {
        WriteByte(kind);
        WriteByte(version);
        return BeginRecord();
    }

    /// <summary>Begins a record inside a message; its mark is handed to <see cref="End"/>.</summary>
    public int BeginRecord()
    {
        WriteByte(0);
        return Length;
    }

    /// <summary>Ends the message or record that began at <paramref name="mark"/>: its length is known now.</summary>
    public void End(int mark)
    {
        var length = Length - mark;
        var room = VarintSizeBytes((ulong)length) - 1;
        if (room > 0)
        {
            Take(room);
            _buffer.AsSpan(mark, length).CopyTo(_buffer.AsSpan(mark + room));
        }

        PutVarint(_buffer.AsSpan(mark - 1), (ulong)length);
    }

    /// <summary>Writes one byte.</summary>
    public void WriteByte(byte value) => Take(1)[0] = value;

    /// <summary>Writes a truth value in one byte.</summary>
    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>Writes a number in 1 to 10 bytes; small ones are short.</summary>
    public void WriteVarint(ulong value) => PutVarint(Take(VarintSizeBytes(value)), value);

    /// <summary>Writes a number that is not negative, as a varint.</summary>
    public void WriteCount(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        WriteVarint((ulong)value);
    }

    /// <summary>Writes a signed number in 8 bytes.</summary>
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    /// <summary>Writes an unsigned number in 8 bytes.</summary>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    /// <summary>Writes an unsigned number in 16 bytes.</summary>
    public void WriteUInt128(UInt128 value) => BinaryPrimitives.WriteUInt128BigEndian(Take(16), value);

    /// <summary>Writes a floating-point number in 8 bytes.</summary>
    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(8), value);

    /// <summary>Writes a span of time that is not negative, in whole microseconds as a varint.</summary>
    public void WriteDuration(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        WriteVarint((ulong)(value.Ticks / TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>Writes a process id in 16 bytes.</summary>
    public void WriteProcess(ProcessId value) => value.CopyTo(Take(ProcessId.SizeBytes));

    /// <summary>Writes bytes with their length before them.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteVarint((ulong)value.Length);
        WriteRaw(value);
    }

    /// <summary>Writes bytes alone: their length is known to the reader, or they end the message.</summary>
    public void WriteRaw(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    private static int VarintSizeBytes(ulong value)
    {
        var size = 1;
        while (value >= 0x80)
        {
            value >>= 7;
            size++;
        }

        return size;
    }

    private static void PutVarint(Span<byte> destination, ulong value)
    {
        var i = 0;
        while (value >= 0x80)
        {
            destination[i++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[i] = (byte)value;
    }

    private Span<byte> Take(int sizeBytes)
    {
        if (sizeBytes > _buffer.Length - Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + sizeBytes));
        }

        var span = _buffer.AsSpan(Length, sizeBytes);
        Length += sizeBytes;
        return span;
    }
}
