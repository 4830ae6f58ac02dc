using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Cluster.Serialization;

/// <summary>
/// Reads what <see cref="PackedWriter"/> wrote, in the same order. Bytes that are read are slices of the
/// message, not copies.
/// </summary>
/// <param name="message">The message.</param>
internal ref struct PackedReader(ReadOnlyMemory<byte> message)
{
    private ReadOnlyMemory<byte> _rest = message;

    /// <summary>True or false.</summary>
    public bool ReadFlag() => ReadLong() != 0;

    /// <summary>A whole number.</summary>
    public long ReadLong()
    {
        if (!Varint.TryRead(_rest.Span, out var value, out var used))
        {
            throw Corrupt();
        }

        _rest = _rest[used..];
        return (long)value;
    }

    /// <summary>A whole number of 32 bits.</summary>
    public int ReadInt() => checked((int)ReadLong());

    /// <summary>A floating-point number.</summary>
    public double ReadReal() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)).Span);

    /// <summary>Bytes after their number.</summary>
    public ReadOnlyMemory<byte> ReadBytes() => Take(ReadLong());

    /// <summary>Text, perhaps null.</summary>
    public string? ReadText()
    {
        var length = ReadLong() - 1;
        return length < 0 ? null : new string(MemoryMarshal.Cast<byte, char>(Take(length * sizeof(char)).Span));
    }

    /// <summary>A volunteer.</summary>
    public PeerId ReadPeer() => PeerId.FromBytes(Take(PeerId.SizeBytes).Span);

    /// <summary>A shard.</summary>
    public ShardId ReadShard() => new(new JobId(ReadLong()), ReadInt(), ReadInt());

    /// <summary>A grant.</summary>
    public GrantId ReadGrant() => new(ReadShard(), ReadLong());

    /// <summary>Runs of units.</summary>
    public UnitRun[] ReadRuns()
    {
        var runs = new UnitRun[ReadCount()];
        for (var i = 0; i < runs.Length; i++)
        {
            runs[i] = new UnitRun(ReadLong(), ReadInt());
        }

        return runs;
    }

    /// <summary>The number of items that follow; never more than there are bytes.</summary>
    public int ReadCount()
    {
        var count = ReadLong();
        return count >= 0 && count <= _rest.Length ? (int)count : throw Corrupt();
    }

    private ReadOnlyMemory<byte> Take(long count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw Corrupt();
        }

        var bytes = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return bytes;
    }

    private static InvalidDataException Corrupt() =>
        new("A message between silos is cut short: is one of them of another version?");
}
