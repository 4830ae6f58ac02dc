using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Contracts;

/// <summary>
/// A work shard, wherever it lives. Every answer, reads too, is given when what it rests on is durable. Calls
/// may be repeated safely. All throw <see cref="StorageUnavailableException"/> when the journal cannot be
/// written.
/// </summary>
public interface IWorkShard
{
    /// <summary>
    /// Opens the shard; a second call changes nothing, but a closed shard says again that it is closed.
    /// </summary>
    ValueTask<ShardStatus> OpenAsync(ShardPlan plan, CancellationToken cancellationToken);

    /// <summary>Takes reports in, then grants.</summary>
    ValueTask<ShardAnswer> ExchangeAsync(ShardExchange exchange, CancellationToken cancellationToken);

    /// <summary>
    /// The volunteer is silent or gone: its units are up for others at once; late results still count.
    /// </summary>
    ValueTask<ShardStatus> LoseAsync(
        PeerId volunteer, LossReason reason, CancellationToken cancellationToken);

    /// <summary>
    /// The volunteer lives: a suspicion against it is cancelled. It holds the grants numbered
    /// <paramref name="held"/>; those in <paramref name="dropped"/> it no longer has, so they return to the
    /// shard. A grant in neither list is left alone and named in the answer, for it may be on its way to the
    /// volunteer at this moment.
    /// </summary>
    ValueTask<ReconcileAnswer> ReconcileAsync(
        PeerId volunteer, IReadOnlyList<long> held, IReadOnlyList<long> dropped,
        CancellationToken cancellationToken);

    /// <summary>Expires what is due.</summary>
    ValueTask<ShardStatus> TickAsync(CancellationToken cancellationToken);

    /// <summary>The counters now.</summary>
    ValueTask<ShardStatus> StatusAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Where the canonical results of a range of units lie, in increasing order; undecided and failed units
    /// are left out.
    /// </summary>
    ValueTask<IReadOnlyList<CanonicalRun>> CanonicalAsync(UnitRun range, CancellationToken cancellationToken);

    /// <summary>The units of a range that failed for good, all of them, in increasing order.</summary>
    ValueTask<IReadOnlyList<UnitRun>> FailedAsync(UnitRun range, CancellationToken cancellationToken);

    /// <summary>The failures kept, at most 1,000, by unit and time.</summary>
    ValueTask<IReadOnlyList<FailedUnit>> FailuresAsync(CancellationToken cancellationToken);

    /// <summary>The job is over: nothing more is granted or taken in.</summary>
    ValueTask EndAsync(CancellationToken cancellationToken);
}
