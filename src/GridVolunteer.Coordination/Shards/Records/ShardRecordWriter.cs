using System.Buffers;
using System.Text;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordination.Shards.Records;

/// <summary>Writes fields of records and snapshots: varints, runs as gap and length, texts as length and UTF-8.</summary>
/// <param name="output">Where the bytes go.</param>
internal readonly struct ShardRecordWriter(IBufferWriter<byte> output)
{
    /// <summary>The schema version that this code writes.</summary>
    public const byte Version = 1;

    /// <summary>Begins a record.</summary>
    public void Begin(RecordType type)
    {
        Byte((byte)type);
        Byte(Version);
    }

    /// <summary>One byte.</summary>
    public void Byte(byte value) => output.Write([value]);

    /// <summary>A number that is 0 or more.</summary>
    public void Number(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        Varint.Write(output, (ulong)value);
    }

    /// <summary>A floating-point number, bit for bit.</summary>
    public void Real(double value) => Varint.Write(output, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Bytes after their length.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        output.Write(bytes);
    }

    /// <summary>A text.</summary>
    public void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number(length);
        output.Advance(Encoding.UTF8.GetBytes(text, output.GetSpan(length)));
    }

    /// <summary>A volunteer's id.</summary>
    public void Peer(PeerId peer)
    {
        peer.CopyTo(output.GetSpan(PeerId.SizeBytes));
        output.Advance(PeerId.SizeBytes);
    }

    /// <summary>A digest.</summary>
    public void Digest(Digest digest)
    {
        digest.CopyTo(output.GetSpan(Protocol.Ids.Digest.SizeBytes));
        output.Advance(Protocol.Ids.Digest.SizeBytes);
    }

    /// <summary>One of several increasing runs; <paramref name="end"/> is where the one before ended.</summary>
    public void Run(LocalRun run, ref int end)
    {
        Number(run.Start - end);
        Number(run.Count);
        end = run.End;
    }

    /// <summary>Increasing runs.</summary>
    public void Runs(IReadOnlyList<LocalRun> runs)
    {
        Number(runs.Count);
        var end = 0;
        for (var i = 0; i < runs.Count; i++)
        {
            Run(runs[i], ref end);
        }
    }

    /// <summary>The runs of a set.</summary>
    public void Runs(RunSet runs)
    {
        Number(runs.RunCount);
        var end = 0;
        for (var i = 0; i < runs.RunCount; i++)
        {
            Run(runs[i], ref end);
        }
    }

    /// <summary>Sequence numbers.</summary>
    public void Numbers(IReadOnlyList<long> numbers)
    {
        Number(numbers.Count);
        for (var i = 0; i < numbers.Count; i++)
        {
            Number(numbers[i]);
        }
    }
}
