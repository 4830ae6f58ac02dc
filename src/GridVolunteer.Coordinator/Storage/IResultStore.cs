using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Storage;

/// <summary>Reads the rows of result bytes that turns stored. Any number of callers at once.</summary>
public interface IResultStore
{
    /// <summary>The <c>PackedResults</c> of a row, or null when the shard has no such row.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be read; the message says what to
    /// do.</exception>
    ValueTask<ReadOnlyMemory<byte>?> ReadRowAsync(
        ShardId shard, long sequence, CancellationToken cancellationToken);
}
