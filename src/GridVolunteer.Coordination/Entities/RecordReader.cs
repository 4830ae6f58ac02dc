using System.Buffers.Binary;
using System.Text;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordination.Entities;

/// <summary>
/// Reads what <see cref="RecordWriter"/> wrote, in the same order. A record that ends too soon is corrupt.
/// </summary>
/// <param name="record">The record or snapshot.</param>
public ref struct RecordReader(ReadOnlySpan<byte> record)
{
    private ReadOnlySpan<byte> _rest = record;

    /// <summary>Bytes not yet read.</summary>
    public readonly int RemainingBytes => _rest.Length;

    /// <summary>One byte: a type id, a schema version, a small enumeration.</summary>
    public byte ReadByte()
    {
        if (_rest.IsEmpty)
        {
            throw Corrupt();
        }

        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    /// <summary>True or false, as a byte.</summary>
    public bool ReadFlag() => ReadByte() != 0;

    /// <summary>A number that is 0 or more.</summary>
    public long ReadLong()
    {
        if (!Varint.TryRead(_rest, out var value, out var used) || value > long.MaxValue)
        {
            throw Corrupt();
        }

        _rest = _rest[used..];
        return (long)value;
    }

    /// <summary>A number that is 0 or more and fits 32 bits.</summary>
    public int ReadInt()
    {
        var value = ReadLong();
        return value <= int.MaxValue ? (int)value : throw Corrupt();
    }

    /// <summary>A time, in UTC.</summary>
    public DateTimeOffset ReadTime() => new(ReadLong(), TimeSpan.Zero);

    /// <summary>Bytes after their length.</summary>
    public ReadOnlySpan<byte> ReadBytes() => ReadRaw(ReadInt());

    /// <summary>So many bytes.</summary>
    public ReadOnlySpan<byte> ReadRaw(int count)
    {
        if ((uint)count > (uint)_rest.Length)
        {
            throw Corrupt();
        }

        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>A floating-point number.</summary>
    public double ReadReal() => BinaryPrimitives.ReadDoubleLittleEndian(ReadRaw(sizeof(double)));

    /// <summary>Text as UTF-8 after its length in bytes.</summary>
    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>Throws when bytes are left.</summary>
    public readonly void ReadEnd()
    {
        if (!_rest.IsEmpty)
        {
            throw new InvalidDataException("A journal record is longer than its type says.");
        }
    }

    private static InvalidDataException Corrupt() =>
        new("A journal record is shorter than its type says, or malformed.");
}
