using GridVolunteer.Coordination.Shards;

namespace GridVolunteer.Cluster.Serialization;

/// <summary>What a broker asks of a shard in an exchange: the message that carries all results.</summary>
[RegisterSerializer]
internal sealed class ShardExchangeCodec : PackedCodec<ShardExchange>
{
    /// <inheritdoc/>
    protected override void Write(PackedWriter writer, ShardExchange message)
    {
        writer.Write(message.Volunteer);
        PackedReports.Write(writer, message.Reports);
        writer.Write(message.Lease is not null);
        if (message.Lease is { } lease)
        {
            writer.Write(lease.RequestId);
            writer.Write(lease.UnitsMax);
            writer.Write(lease.Expected.Ticks);
            writer.Write(lease.Threads);
            writer.Write(lease.UrgentSlotFree);
        }
    }

    /// <inheritdoc/>
    protected override ShardExchange Read(ref PackedReader reader) => new(
        reader.ReadPeer(), PackedReports.Read(ref reader), reader.ReadFlag() ? ReadLease(ref reader) : null);

    private static LeaseRequest ReadLease(ref PackedReader reader) => new(
        reader.ReadText()!, reader.ReadInt(), TimeSpan.FromTicks(reader.ReadLong()), reader.ReadInt(),
        reader.ReadFlag());
}
