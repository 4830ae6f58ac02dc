using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// A work shard behind its mailbox. Tells the broker when work appears that it has not asked for.
/// </summary>
/// <param name="mailbox">The mailbox.</param>
/// <param name="id">The shard.</param>
/// <param name="broker">Who is told.</param>
public sealed class HostedShard(IMailbox<WorkShard> mailbox, ShardId id, IBrokerFeed broker) : IWorkShard
{
    /// <inheritdoc/>
    public async ValueTask<ShardStatus> OpenAsync(ShardPlan plan, CancellationToken cancellationToken) => Tell(
        await mailbox.AskAsync(
            plan, static (shard, plan, turn) => shard.Open(plan, turn), cancellationToken));

    /// <inheritdoc/>
    public ValueTask<ShardAnswer> ExchangeAsync(
        ShardExchange exchange, CancellationToken cancellationToken) =>
        mailbox.AskAsync(exchange, static (shard, exchange, turn) => shard.Exchange(exchange, turn), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ShardStatus> LoseAsync(
        PeerId volunteer, LossReason reason,
        CancellationToken cancellationToken) => Tell(await mailbox.AskAsync(
            (volunteer, reason), static (shard, loss, turn) =>
                shard.Lose(loss.volunteer, loss.reason, turn),
            cancellationToken));

    /// <inheritdoc/>
    public async ValueTask<ReconcileAnswer> ReconcileAsync(
        PeerId volunteer,
        IReadOnlyList<long> held,
        IReadOnlyList<long> dropped,
        CancellationToken cancellationToken)
    {
        var answer = await mailbox.AskAsync(
            (volunteer, held, dropped),
            static (shard, a, turn) =>
                shard.Reconcile(a.volunteer, a.held, a.dropped, turn), cancellationToken);
        if (dropped.Count > 0)
        {
            broker.WorkAppeared(id);
        }

        return answer;
    }

    /// <inheritdoc/>
    public async ValueTask<ShardStatus> TickAsync(CancellationToken cancellationToken) =>
        Tell(await mailbox.AskAsync(
            0, static (shard, _, turn) =>
        {
            shard.Tick(turn);
            return shard.Status(turn);
        }, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<ShardStatus> StatusAsync(CancellationToken cancellationToken) =>
        mailbox.AskAsync(0, static (shard, _, turn) => shard.Status(turn), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<CanonicalRun>> CanonicalAsync(
        UnitRun range, CancellationToken cancellationToken) =>
        mailbox.AskAsync(
            range, static (shard, range, turn) => shard.Canonical(range, turn), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UnitRun>> FailedAsync(
        UnitRun range, CancellationToken cancellationToken) =>
        mailbox.AskAsync(
            range, static (shard, range, turn) => shard.Failed(range, turn), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<FailedUnit>> FailuresAsync(CancellationToken cancellationToken) =>
        mailbox.AskAsync(0, static (shard, _, turn) => shard.Failures(turn), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask EndAsync(CancellationToken cancellationToken) => await mailbox.AskAsync(
            0, static (shard, _, turn) =>
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
