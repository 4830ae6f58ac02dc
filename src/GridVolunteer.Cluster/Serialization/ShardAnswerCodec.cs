using GridVolunteer.Coordination.Shards;

namespace GridVolunteer.Cluster.Serialization;

/// <summary>What a shard answers in an exchange.</summary>
[RegisterSerializer]
internal sealed class ShardAnswerCodec : PackedCodec<ShardAnswer>
{
    /// <inheritdoc/>
    protected override void Write(PackedWriter writer, ShardAnswer message)
    {
        PackedReports.Write(writer, message.Outcomes);
        writer.Write(message.Grant is not null);
        if (message.Grant is { } grant)
        {
            writer.Write(grant.Grant);
            writer.Write(grant.Runs);
            writer.Write(grant.Lease.Ticks);
            writer.Write(grant.Urgent);
        }

        Write(writer, message.Status);
    }

    /// <inheritdoc/>
    protected override ShardAnswer Read(ref PackedReader reader) => new(
        PackedReports.ReadOutcomes(ref reader), reader.ReadFlag() ? ReadGrant(ref reader) : null,
        ReadStatus(ref reader));

    private static ShardGrant ReadGrant(ref PackedReader reader) => new(
        reader.ReadGrant(), reader.ReadRuns(), TimeSpan.FromTicks(reader.ReadLong()), reader.ReadFlag());

    private static void Write(PackedWriter writer, ShardStatus status)
    {
        writer.Write(status.Shard);
        writer.Write(status.UnitCount);
        writer.Write(status.Fresh);
        writer.Write(status.Running);
        writer.Write(status.Returned);
        writer.Write(status.Pending);
        writer.Write(status.Validated);
        writer.Write(status.Failed);
        writer.Write(status.Reassigned);
        writer.Write(status.CopiesWanted);
        writer.Write(status.WantsSecondCopies);
        writer.Write(status.NextTick?.UtcTicks ?? 0);
        writer.Write(status.IsClosed);
    }

    private static ShardStatus ReadStatus(ref PackedReader reader) => new()
    {
        Shard = reader.ReadShard(),
        UnitCount = reader.ReadInt(),
        Fresh = reader.ReadInt(),
        Running = reader.ReadInt(),
        Returned = reader.ReadInt(),
        Pending = reader.ReadInt(),
        Validated = reader.ReadInt(),
        Failed = reader.ReadInt(),
        Reassigned = reader.ReadInt(),
        CopiesWanted = reader.ReadLong(),
        WantsSecondCopies = reader.ReadFlag(),
        NextTick = reader.ReadLong() is not 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
        IsClosed = reader.ReadFlag(),
    };
}
