using System.Buffers;
using System.Text.Json;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Coordination.Jobs;

/// <summary>The binary form of what a job journals: type id, schema version, body.</summary>
internal static class JobRecords
{
    public const byte CreatedType = 1;
    public const byte ShardOpenedType = 2;
    public const byte ShardClosedType = 3;
    public const byte LevelBeganType = 4;
    public const byte StateSetType = 5;

    private const byte Version = 1;

    public static ReadOnlySpan<byte> Created(DateTimeOffset at, JobSubmission submission)
    {
        var writer = Begin(CreatedType, out var record);
        writer.WriteTime(at);
        WriteSubmission(writer, submission);
        return record.WrittenSpan;
    }

    public static ReadOnlySpan<byte> ShardOpened(DateTimeOffset at, ShardId shard)
    {
        var writer = Begin(ShardOpenedType, out var record);
        writer.WriteTime(at);
        writer.WriteLong(shard.Level);
        writer.WriteLong(shard.Number);
        return record.WrittenSpan;
    }

    public static ReadOnlySpan<byte> ShardClosed(ShardSummary summary)
    {
        var writer = Begin(ShardClosedType, out var record);
        writer.WriteLong(summary.Shard.Level);
        writer.WriteLong(summary.Shard.Number);
        writer.WriteLong(summary.Validated);
        writer.WriteLong(summary.Failed);
        writer.WriteLong(summary.Reassigned);
        WriteOutput(writer, summary.Output);
        WriteOptional(writer, summary.FirstError);
        return record.WrittenSpan;
    }

    public static ReadOnlySpan<byte> LevelBegan(int level)
    {
        var writer = Begin(LevelBeganType, out var record);
        writer.WriteLong(level);
        return record.WrittenSpan;
    }

    public static ReadOnlySpan<byte> StateSet(DateTimeOffset at, JobState state, string? failure)
    {
        var writer = Begin(StateSetType, out var record);
        writer.WriteTime(at);
        writer.WriteByte((byte)state);
        WriteOptional(writer, failure);
        return record.WrittenSpan;
    }

    public static void WriteSubmission(RecordWriter writer, JobSubmission submission) =>
        writer.WriteBytes(
            JsonSerializer.SerializeToUtf8Bytes(submission, ProtocolJson.Default.JobSubmission));

    public static JobSubmission ReadSubmission(ref RecordReader reader) =>
        JsonSerializer.Deserialize(reader.ReadBytes(), ProtocolJson.Default.JobSubmission)
        ?? throw new InvalidDataException("A job's record holds no submission.");

    public static void WriteOutput(RecordWriter writer, CanonicalRun? output)
    {
        writer.WriteFlag(output is not null);
        if (output is not null)
        {
            writer.WriteLong(output.Units.Start);
            writer.WriteLong(output.Units.Count);
            writer.WriteLong(output.RowSequence);
            writer.WriteLong(output.Ordinal);
        }
    }

    public static CanonicalRun? ReadOutput(ref RecordReader reader) => reader.ReadFlag()
        ? new CanonicalRun(
            new UnitRun(reader.ReadLong(), reader.ReadInt()), reader.ReadLong(), reader.ReadInt())
        : null;

    public static void WriteOptional(RecordWriter writer, string? text)
    {
        writer.WriteFlag(text is not null);
        if (text is not null)
        {
            writer.WriteText(text);
        }
    }

    public static string? ReadOptional(ref RecordReader reader) =>
        reader.ReadFlag() ? reader.ReadText() : null;

    private static RecordWriter Begin(byte type, out ArrayBufferWriter<byte> record)
    {
        record = new ArrayBufferWriter<byte>();
        var writer = new RecordWriter(record);
        writer.WriteByte(type);
        writer.WriteByte(Version);
        return writer;
    }
}
