using GridVolunteer.Cluster.Silos;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cluster.Grains;

/// <summary>
/// A work shard whose exchanges go straight to its mailbox where that is on this silo: a message to a grain, even to
/// one next door, costs several times what the shard takes to decide. Everything else goes by message, if only so
/// that Orleans knows that the grain is in use. A mailbox may be asked from anywhere, and one that was retired says
/// so; that two of one shard never both write, the journal sees to. One that learns from it that it is the older of two has
/// kept nothing of what it was asked, and so it is asked of the other.
/// </summary>
/// <param name="id">The shard.</param>
/// <param name="residents">Who lives on this silo.</param>
/// <param name="counts">Counts calls.</param>
/// <param name="far">The shard by message.</param>
internal sealed class NearShard(
    ShardId id, SiloResidents residents, CallCounts counts, Func<IWorkShard> far) : IWorkShard
{
    /// <inheritdoc/>
    public async ValueTask<ShardAnswer> ExchangeAsync(ShardExchange exchange, CancellationToken cancellationToken)
    {
        if (residents.Find(id) is { } mailbox && mailbox.TryAsk(
            exchange, static (shard, exchange, turn) => shard.Exchange(exchange, turn), cancellationToken, out var answer))
        {
            counts.OnAtHand();
            try
            {
                return await answer;
            }
            catch (EntityMovedException)
            {
                // Recovered by asking where it is now.
            }
        }

        return await far().ExchangeAsync(exchange, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ShardStatus> OpenAsync(ShardPlan plan, CancellationToken cancellationToken) =>
        far().OpenAsync(plan, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShardStatus> LoseAsync(
        PeerId volunteer, LossReason reason, CancellationToken cancellationToken) =>
        far().LoseAsync(volunteer, reason, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReconcileAnswer> ReconcileAsync(
        PeerId volunteer, IReadOnlyList<long> held, IReadOnlyList<long> dropped,
        CancellationToken cancellationToken) => far().ReconcileAsync(volunteer, held, dropped, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShardStatus> TickAsync(CancellationToken cancellationToken) =>
        far().TickAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShardStatus> StatusAsync(CancellationToken cancellationToken) =>
        far().StatusAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CanonicalRun>> CanonicalAsync(
        UnitRun range, CancellationToken cancellationToken) => far().CanonicalAsync(range, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UnitRun>> FailedAsync(UnitRun range, CancellationToken cancellationToken) =>
        far().FailedAsync(range, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FailedUnit>> FailuresAsync(CancellationToken cancellationToken) =>
        far().FailuresAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask EndAsync(CancellationToken cancellationToken) => far().EndAsync(cancellationToken);
}
