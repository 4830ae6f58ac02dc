using GridVolunteer.Cluster.Silos;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using Orleans.Concurrency;
using Orleans.Placement;

namespace GridVolunteer.Cluster.Grains;

/// <summary>
/// A work shard. It lives on the silo whose broker had it opened (<see cref="OpeningHints"/>), which serves its
/// volunteers from it: an exchange then crosses no silo. So every silo has its own share of a job's open shards, and
/// one big job is not one hot grain.
/// </summary>
[Reentrant]
[PreferLocalPlacement]
internal sealed class WorkShardGrain : EntityGrain<WorkShard>, IWorkShardGrain
{
    private readonly HostedShard _shard;
    private readonly ShardId _id;

    /// <summary>The shard of the grain's key.</summary>
    public WorkShardGrain(IGrainContext context, SiloEngine silo)
        : this(ShardId.Parse(context.GrainId.Key.ToString()!), silo)
    {
    }

    private WorkShardGrain(ShardId id, SiloEngine silo)
        : base(EntityKey.Of(id), () => new WorkShard(id), silo, () => silo.Broker.WorkAppeared(id))
    {
        _id = id;
        _shard = new HostedShard(Host, id, silo.Broker);
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Silo.Residents.Enter(_id, Host);
        return base.OnActivateAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // First of all: whoever asks from now on has to go elsewhere.
        Silo.Residents.Leave(_id, Host);
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ShardStatus> OpenAsync(ShardPlan plan, CancellationToken cancellationToken) =>
        _shard.OpenAsync(plan, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShardAnswer> ExchangeAsync(ShardExchange exchange, CancellationToken cancellationToken) =>
        _shard.ExchangeAsync(exchange, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShardStatus> LoseAsync(
        PeerId volunteer, LossReason reason, CancellationToken cancellationToken) =>
        _shard.LoseAsync(volunteer, reason, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReconcileAnswer> ReconcileAsync(
        PeerId volunteer, IReadOnlyList<long> held, IReadOnlyList<long> dropped,
        CancellationToken cancellationToken) =>
        _shard.ReconcileAsync(volunteer, held, dropped, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShardStatus> TickAsync(CancellationToken cancellationToken) =>
        _shard.TickAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShardStatus> StatusAsync(CancellationToken cancellationToken) =>
        _shard.StatusAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CanonicalRun>> CanonicalAsync(
        UnitRun range, CancellationToken cancellationToken) => _shard.CanonicalAsync(range, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UnitRun>> FailedAsync(UnitRun range, CancellationToken cancellationToken) =>
        _shard.FailedAsync(range, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FailedUnit>> FailuresAsync(CancellationToken cancellationToken) =>
        _shard.FailuresAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask EndAsync(CancellationToken cancellationToken) => _shard.EndAsync(cancellationToken);
}
