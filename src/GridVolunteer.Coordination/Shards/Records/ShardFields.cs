using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Shards.Records;

/// <summary>
/// The fields that a shard's records and snapshots have beside the common ones. Runs increase, and are
/// written as the gap to the one before and their length.
/// </summary>
internal static class ShardFields
{
    /// <summary>The schema version that this code writes.</summary>
    public const byte Version = 1;

    /// <summary>A volunteer's id.</summary>
    public static void WritePeer(this RecordWriter record, PeerId peer)
    {
        Span<byte> bytes = stackalloc byte[PeerId.SizeBytes];
        peer.CopyTo(bytes);
        record.WriteRaw(bytes);
    }

    /// <summary>A digest.</summary>
    public static void WriteDigest(this RecordWriter record, Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Digest.SizeBytes];
        digest.CopyTo(bytes);
        record.WriteRaw(bytes);
    }

    /// <summary>One of several runs; <paramref name="end"/> is where the one before ended.</summary>
    public static void WriteRun(this RecordWriter record, LocalRun run, ref int end)
    {
        record.WriteLong(run.Start - end);
        record.WriteLong(run.Count);
        end = run.End;
    }

    /// <summary>How many runs, and the runs.</summary>
    public static void WriteRuns(this RecordWriter record, IReadOnlyList<LocalRun> runs)
    {
        record.WriteLong(runs.Count);
        var end = 0;
        for (var i = 0; i < runs.Count; i++)
        {
            record.WriteRun(runs[i], ref end);
        }
    }

    /// <summary>The runs of a set.</summary>
    public static void WriteRuns(this RecordWriter record, RunSet runs)
    {
        record.WriteLong(runs.RunCount);
        var end = 0;
        for (var i = 0; i < runs.RunCount; i++)
        {
            record.WriteRun(runs[i], ref end);
        }
    }

    /// <summary>Numbers of grants.</summary>
    public static void WriteSequences(this RecordWriter record, IReadOnlyList<long> sequences)
    {
        record.WriteLong(sequences.Count);
        for (var i = 0; i < sequences.Count; i++)
        {
            record.WriteLong(sequences[i]);
        }
    }

    /// <summary>A volunteer's id.</summary>
    public static PeerId ReadPeer(this ref RecordReader record) =>
        PeerId.FromBytes(record.ReadRaw(PeerId.SizeBytes));

    /// <summary>A digest.</summary>
    public static Digest ReadDigest(this ref RecordReader record) =>
        Digest.FromBytes(record.ReadRaw(Digest.SizeBytes));

    /// <summary>One of several runs.</summary>
    public static LocalRun ReadRun(this ref RecordReader record, ref int end)
    {
        var start = end + record.ReadLong();
        var count = record.ReadLong();
        if (count < 1 || count > WorkGeometry.UnitsPerShard || start > WorkGeometry.UnitsPerShard - count)
        {
            throw new InvalidDataException("A run of units lies outside the shard.");
        }

        end = (int)(start + count);
        return new LocalRun((int)start, (int)count);
    }

    /// <summary>How many runs, and the runs.</summary>
    public static LocalRun[] ReadRuns(this ref RecordReader record)
    {
        var runs = new LocalRun[record.ReadCount()];
        var end = 0;
        for (var i = 0; i < runs.Length; i++)
        {
            runs[i] = record.ReadRun(ref end);
        }

        return runs;
    }

    /// <summary>Runs, into a set.</summary>
    public static void ReadRuns(this ref RecordReader record, RunSet into)
    {
        foreach (var run in record.ReadRuns())
        {
            into.Add(run.Start, run.Count);
        }
    }

    /// <summary>Numbers of grants.</summary>
    public static long[] ReadSequences(this ref RecordReader record)
    {
        var sequences = new long[record.ReadCount()];
        for (var i = 0; i < sequences.Length; i++)
        {
            sequences[i] = record.ReadLong();
        }

        return sequences;
    }

    /// <summary>How many things follow, of at least one byte each.</summary>
    public static int ReadCount(this ref RecordReader record)
    {
        var count = record.ReadInt();
        return count <= record.RemainingBytes
            ? count
            : throw new InvalidDataException("A record is too short for what it says follows.");
    }
}
