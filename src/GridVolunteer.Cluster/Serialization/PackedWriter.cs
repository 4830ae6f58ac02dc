using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Cluster.Serialization;

/// <summary>
/// Writes hot messages between silos as bytes. Unlike records of a journal they may carry whatever an agent
/// sent, sound or not, for the shard is who refuses it: numbers may be negative, text is taken as it is.
/// </summary>
/// <param name="output">Where to.</param>
internal readonly struct PackedWriter(IBufferWriter<byte> output)
{
    /// <summary>True or false.</summary>
    public void Write(bool value) => Write(value ? 1L : 0L);

    /// <summary>A whole number; the smaller, the shorter.</summary>
    public void Write(long value) => Varint.Write(output, (ulong)value);

    /// <summary>A floating-point number, bit for bit.</summary>
    public void Write(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(sizeof(double)), value);
        output.Advance(sizeof(double));
    }

    /// <summary>Bytes after their number.</summary>
    public void Write(ReadOnlySpan<byte> value)
    {
        Write(value.Length);
        output.Write(value);
    }

    /// <summary>Text, perhaps null, as UTF-16: it need not be well-formed.</summary>
    public void Write(string? value)
    {
        Write(value is null ? 0L : value.Length + 1L);
        output.Write(MemoryMarshal.AsBytes(value.AsSpan()));
    }

    /// <summary>A volunteer.</summary>
    public void Write(PeerId value)
    {
        value.CopyTo(output.GetSpan(PeerId.SizeBytes));
        output.Advance(PeerId.SizeBytes);
    }

    /// <summary>A shard.</summary>
    public void Write(ShardId value)
    {
        Write(value.Job.Number);
        Write(value.Level);
        Write(value.Number);
    }

    /// <summary>A grant.</summary>
    public void Write(GrantId value)
    {
        Write(value.Shard);
        Write(value.Sequence);
    }

    /// <summary>Runs of units.</summary>
    public void Write(IReadOnlyList<UnitRun> runs)
    {
        Write(runs.Count);
        foreach (var run in runs)
        {
            Write(run.Start);
            Write(run.Count);
        }
    }
}
