using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// A work shard in this process. Tells the broker when work appears that it has not asked for.
/// </summary>
internal sealed class EmbeddedShard(HostDirectory<ShardId, WorkShard> hosts, ShardId id, IBrokerFeed broker) : IWorkShard
{
    public async ValueTask<ShardStatus> OpenAsync(ShardPlan plan, CancellationToken cancellationToken) => Tell(
        await hosts.AskAsync(
            id, plan, static (shard, plan, turn) => shard.Open(plan, turn), cancellationToken));

    public ValueTask<ShardAnswer> ExchangeAsync(
        ShardExchange exchange, CancellationToken cancellationToken) =>
        hosts.AskAsync(id, exchange, static (shard, exchange, turn) => shard.Exchange(exchange, turn), cancellationToken);

    public async ValueTask<ShardStatus> LoseAsync(
        PeerId volunteer, LossReason reason,
        CancellationToken cancellationToken) => Tell(await hosts.AskAsync(
            id, (volunteer, reason), static (shard, loss, turn) =>
                shard.Lose(loss.volunteer, loss.reason, turn),
            cancellationToken));

    public async ValueTask<ReconcileAnswer> ReconcileAsync(
        PeerId volunteer,
        IReadOnlyList<long> held,
        IReadOnlyList<long> dropped,
        CancellationToken cancellationToken)
    {
        var answer = await hosts.AskAsync(
            id, (volunteer, held, dropped),
            static (shard, a, turn) =>
                shard.Reconcile(a.volunteer, a.held, a.dropped, turn), cancellationToken);
        if (dropped.Count > 0)
        {
            broker.WorkAppeared(id);
        }

        return answer;
    }

    public async ValueTask<ShardStatus> TickAsync(CancellationToken cancellationToken) =>
        Tell(await hosts.AskAsync(
        id, 0, static (shard, _, turn) =>
        {
            shard.Tick(turn);
            return shard.Status(turn);
        }, cancellationToken));

    public ValueTask<ShardStatus> StatusAsync(CancellationToken cancellationToken) =>
        hosts.AskAsync(id, 0, static (shard, _, turn) => shard.Status(turn), cancellationToken);

    public ValueTask<IReadOnlyList<CanonicalRun>> CanonicalAsync(
        UnitRun range, CancellationToken cancellationToken) =>
        hosts.AskAsync(
            id, range, static (shard, range, turn) => shard.Canonical(range, turn), cancellationToken);

    public ValueTask<IReadOnlyList<UnitRun>> FailedAsync(
        UnitRun range, CancellationToken cancellationToken) =>
        hosts.AskAsync(
            id, range, static (shard, range, turn) => shard.Failed(range, turn), cancellationToken);

    public ValueTask<IReadOnlyList<FailedUnit>> FailuresAsync(CancellationToken cancellationToken) =>
        hosts.AskAsync(id, 0, static (shard, _, turn) => shard.Failures(turn), cancellationToken);

    public async ValueTask EndAsync(CancellationToken cancellationToken) => await hosts.AskAsync(
        id, 0, static (shard, _, turn) =>
        {
            shard.End(turn);
            return true;
        }, cancellationToken);

    private ShardStatus Tell(ShardStatus status)
    {
        if (status is { IsClosed: false } and ({ CopiesWanted: > 0 } or { WantsSecondCopies: true }))
        {
            broker.WorkAppeared(id);
        }

        return status;
    }
}
