using System.Buffers.Binary;

namespace GridVolunteer.Groups.Wire;

/// <summary>
/// Reads what <see cref="WireWriter"/> wrote, or whatever somebody sent instead: never past the end, never
/// throwing, without copying. The first fault is remembered; from then on every read gives nothing, so a
/// decoder reads all its fields and asks <see cref="Failed"/> once at its end.
/// </summary>
/// <param name="bytes">The bytes.</param>
public ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>True once something could not be read: the bytes end too early or say what cannot be.</summary>
    public bool Failed { get; private set; }

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>True when every byte was read, and well.</summary>
    public readonly bool AtEnd => !Failed && _rest.IsEmpty;

    /// <summary>Declares the bytes malformed: a value makes no sense to whoever reads it.</summary>
    public void Fail()
    {
        Failed = true;
        _rest = default;
    }

    /// <summary>
    /// Reads the next message of those that follow each other; false at the end and on a fault.
    /// </summary>
    public bool TryReadMessage(out byte kind, out byte version, out WireReader body)
    {
        if (_rest.IsEmpty)
        {
            kind = version = 0;
            body = default;
            return false;
        }

        kind = ReadByte();
        version = ReadByte();
        body = ReadRecord();
        return !Failed;
    }

    /// <summary>Reads a record; what its reader leaves unread, a later version has added.</summary>
    public WireReader ReadRecord() => new(ReadBytes(int.MaxValue));

    /// <summary>Reads one byte.</summary>
    public byte ReadByte() => TryTake(1, out var span) ? span[0] : (byte)0;

    /// <summary>Reads a truth value: 0 or 1, nothing else.</summary>
    public bool ReadBoolean()
    {
        var value = ReadByte();
        if (value > 1)
        {
            Fail();
        }

        return value == 1;
    }

    /// <summary>Reads a varint of 1 to 10 bytes.</summary>
    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (!TryTake(1, out var span))
            {
                return 0;
            }

            var bits = (ulong)(span[0] & 0x7f);
            if (shift == 63 && bits > 1)
            {
                break;
            }

            value |= bits << shift;
            if (span[0] < 0x80)
            {
                return value;
            }
        }

        Fail();
        return 0;
    }

    /// <summary>
    /// Reads how many entries follow. More than <paramref name="max"/>, or more than the bytes that are left
    /// could hold at <paramref name="entrySizeBytesMin"/> each, is a fault: so a list of that length may be
    /// allocated.
    /// </summary>
    public int ReadCount(int max, int entrySizeBytesMin = 1)
    {
        var value = ReadVarint();
        if (value > (ulong)max || value * (ulong)entrySizeBytesMin > (ulong)_rest.Length)
        {
            Fail();
            return 0;
        }

        return (int)value;
    }

    /// <summary>Reads a number from 0 to <paramref name="max"/>.</summary>
    public int ReadNumber(int max)
    {
        var value = ReadVarint();
        if (value > (ulong)max)
        {
            Fail();
            return 0;
        }

        return (int)value;
    }

    /// <summary>Reads a signed number of 8 bytes.</summary>
    public long ReadInt64() => TryTake(8, out var span) ? BinaryPrimitives.ReadInt64LittleEndian(span) : 0;

    /// <summary>Reads an unsigned number of 8 bytes.</summary>
    public ulong ReadUInt64() => TryTake(8, out var span) ? BinaryPrimitives.ReadUInt64LittleEndian(span) : 0;

    /// <summary>Reads an unsigned number of 16 bytes.</summary>
    public UInt128 ReadUInt128() =>
        TryTake(16, out var span) ? BinaryPrimitives.ReadUInt128BigEndian(span) : UInt128.Zero;

    /// <summary>Reads a floating-point number of 8 bytes; one that is no finite number is a fault.</summary>
    public double ReadFinite()
    {
        var value = TryTake(8, out var span) ? BinaryPrimitives.ReadDoubleLittleEndian(span) : 0;
        if (!double.IsFinite(value))
        {
            Fail();
            return 0;
        }

        return value;
    }

    /// <summary>Reads a span of time from nothing to <paramref name="max"/>.</summary>
    public TimeSpan ReadDuration(TimeSpan max)
    {
        var value = ReadVarint();
        if (value > (ulong)(max.Ticks / TimeSpan.TicksPerMicrosecond))
        {
            Fail();
            return TimeSpan.Zero;
        }

        return new TimeSpan((long)value * TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>Reads a process id.</summary>
    public ProcessId ReadProcess() => new(ReadUInt128());

    /// <summary>Reads bytes that have their length before them; more than the limit is a fault.</summary>
    public ReadOnlySpan<byte> ReadBytes(int sizeBytesMax)
    {
        var length = ReadVarint();
        if (length > (ulong)sizeBytesMax || length > (ulong)_rest.Length)
        {
            Fail();
            return default;
        }

        return TryTake((int)length, out var span) ? span : default;
    }

    /// <summary>Reads exactly so many bytes.</summary>
    public ReadOnlySpan<byte> ReadRaw(int sizeBytes) => TryTake(sizeBytes, out var span) ? span : default;

    private bool TryTake(int sizeBytes, out ReadOnlySpan<byte> span)
    {
        if (Failed || sizeBytes > _rest.Length)
        {
            Fail();
            span = default;
            return false;
        }

        span = _rest[..sizeBytes];
        _rest = _rest[sizeBytes..];
        return true;
    }
}
