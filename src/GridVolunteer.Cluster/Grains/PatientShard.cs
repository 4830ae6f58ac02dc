using GridVolunteer.Cluster.Silos;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cluster.Grains;

/// <summary>A work shard as its callers see it, wherever it lives or moves to.</summary>
internal sealed class PatientShard(
    IWorkShardGrain grain, ShardId id, PatientCalls calls, OpeningHints openings) : IWorkShard
{
    /// <inheritdoc/>
    public ValueTask<ShardStatus> OpenAsync(ShardPlan plan, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, (plan, id, openings, cancellationToken),
            static (shard, a) =>
            {
                a.openings.PlaceAtAsker(a.id.Job);
                return shard.OpenAsync(a.plan, a.cancellationToken);
            });

    /// <inheritdoc/>
    public ValueTask<ShardAnswer> ExchangeAsync(ShardExchange exchange, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, (exchange, cancellationToken),
            static (shard, a) => shard.ExchangeAsync(a.exchange, a.cancellationToken));

    /// <inheritdoc/>
    public ValueTask<ShardStatus> LoseAsync(
        PeerId volunteer, LossReason reason, CancellationToken cancellationToken) => calls.CallAsync(
        grain, (volunteer, reason, cancellationToken),
        static (shard, a) => shard.LoseAsync(a.volunteer, a.reason, a.cancellationToken));

    /// <inheritdoc/>
    public ValueTask<ReconcileAnswer> ReconcileAsync(
        PeerId volunteer, IReadOnlyList<long> held, IReadOnlyList<long> dropped,
        CancellationToken cancellationToken) => calls.CallAsync(
        grain, (volunteer, held, dropped, cancellationToken),
        static (shard, a) => shard.ReconcileAsync(a.volunteer, a.held, a.dropped, a.cancellationToken));

    /// <inheritdoc/>
    public ValueTask<ShardStatus> TickAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, cancellationToken, static (shard, token) => shard.TickAsync(token));

    /// <inheritdoc/>
    public ValueTask<ShardStatus> StatusAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, cancellationToken, static (shard, token) => shard.StatusAsync(token));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CanonicalRun>> CanonicalAsync(
        UnitRun range, CancellationToken cancellationToken) => calls.CallAsync(
        grain, (range, cancellationToken), static (shard, a) => shard.CanonicalAsync(a.range, a.cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UnitRun>> FailedAsync(UnitRun range, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, (range, cancellationToken), static (shard, a) => shard.FailedAsync(a.range, a.cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FailedUnit>> FailuresAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, cancellationToken, static (shard, token) => shard.FailuresAsync(token));

    /// <inheritdoc/>
    public ValueTask EndAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, cancellationToken, static (shard, token) => shard.EndAsync(token));
}
