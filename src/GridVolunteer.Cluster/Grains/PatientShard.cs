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
            grain, (plan, id, openings),
            static (shard, a, token) =>
            {
                a.openings.PlaceAtAsker(a.id.Job);
                return shard.OpenAsync(a.plan, token);
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShardAnswer> ExchangeAsync(ShardExchange exchange, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, exchange,
            static (shard, exchange, token) => shard.ExchangeAsync(exchange, token),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShardStatus> LoseAsync(
        PeerId volunteer, LossReason reason, CancellationToken cancellationToken) => calls.CallAsync(
        grain, (volunteer, reason),
        static (shard, a, token) => shard.LoseAsync(a.volunteer, a.reason, token),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReconcileAnswer> ReconcileAsync(
        PeerId volunteer, IReadOnlyList<long> held, IReadOnlyList<long> dropped,
        CancellationToken cancellationToken) => calls.CallAsync(
        grain, (volunteer, held, dropped),
        static (shard, a, token) => shard.ReconcileAsync(a.volunteer, a.held, a.dropped, token),
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShardStatus> TickAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, 0, static (shard, _, token) => shard.TickAsync(token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShardStatus> StatusAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, 0, static (shard, _, token) => shard.StatusAsync(token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CanonicalRun>> CanonicalAsync(
        UnitRun range, CancellationToken cancellationToken) => calls.CallAsync(
        grain, range, static (shard, range, token) => shard.CanonicalAsync(range, token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UnitRun>> FailedAsync(UnitRun range, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, range, static (shard, range, token) => shard.FailedAsync(range, token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FailedUnit>> FailuresAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, 0, static (shard, _, token) => shard.FailuresAsync(token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask EndAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, 0, static (shard, _, token) => shard.EndAsync(token), cancellationToken);
}
