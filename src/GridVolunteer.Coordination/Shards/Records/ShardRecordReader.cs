using System.Text;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordination.Shards.Records;

/// <summary>
/// Reads what <see cref="ShardRecordWriter"/> wrote. Bytes that end too soon, or say what cannot be, throw
/// <see cref="InvalidDataException"/> with what was being read.
/// </summary>
/// <param name="bytes">The record or snapshot.</param>
/// <param name="what">What it is, for the message.</param>
internal ref struct ShardRecordReader(ReadOnlySpan<byte> bytes, string what)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>True when every byte was read.</summary>
    public readonly bool AtEnd => _position == _bytes.Length;

    /// <summary>One byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>A number that is 0 or more.</summary>
    public long Number()
    {
        if (!Varint.TryRead(_bytes[_position..], out var value, out var used) || value > long.MaxValue)
        {
            throw Malformed();
        }

        _position += used;
        return (long)value;
    }

    /// <summary>A number from 0 to <paramref name="max"/>.</summary>
    public int Small(int max = int.MaxValue)
    {
        var value = Number();
        return value <= max ? (int)value : throw Malformed();
    }

    /// <summary>A floating-point number.</summary>
    public double Real()
    {
        if (!Varint.TryRead(_bytes[_position..], out var value, out var used))
        {
            throw Malformed();
        }

        _position += used;
        return BitConverter.UInt64BitsToDouble(value);
    }

    /// <summary>Bytes after their length.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(Small());

    /// <summary>A text.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>A volunteer's id.</summary>
    public PeerId Peer() => PeerId.FromBytes(Take(PeerId.SizeBytes));

    /// <summary>A digest.</summary>
    public Digest Digest() => Protocol.Ids.Digest.FromBytes(Take(Protocol.Ids.Digest.SizeBytes));

    /// <summary>One of several increasing runs.</summary>
    public LocalRun Run(ref int end)
    {
        var start = Number() + end;
        var count = Number();
        if (count < 1 || start + count > WorkGeometry.UnitsPerShard)
        {
            throw Malformed();
        }

        end = (int)(start + count);
        return new LocalRun((int)start, (int)count);
    }

    /// <summary>Increasing runs.</summary>
    public LocalRun[] Runs()
    {
        var runs = new LocalRun[Small(WorkGeometry.UnitsPerShard)];
        var end = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            runs[i] = Run(ref end);
        }

        return runs;
    }

    /// <summary>Increasing runs, into a set.</summary>
    public void Runs(RunSet into)
    {
        foreach (var run in Runs())
        {
            into.Add(run.Start, run.Count);
        }
    }

    /// <summary>Sequence numbers.</summary>
    public List<long> Numbers()
    {
        var numbers = new List<long>();
        for (var left = Small(); left > 0; left--)
        {
            numbers.Add(Number());
        }

        return numbers;
    }

    /// <summary>Throws when bytes are left.</summary>
    public readonly void End()
    {
        if (!AtEnd)
        {
            throw Malformed();
        }
    }

    /// <summary>The error for bytes that cannot be what they should.</summary>
    public readonly InvalidDataException Malformed() =>
        new($"A {what} is malformed at byte {_position} of {_bytes.Length}: the journal is damaged or was written by other software.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _position)
        {
            throw Malformed();
        }

        var taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }
}
