using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// A volunteer in this process: decides under a lock, for it keeps nothing on disk, and then carries out what
/// the volunteer wants told to shards. A shard that cannot be told now is told at the next tick or heartbeat.
/// </summary>
public sealed class VolunteerHost : IVolunteer, ITickable
{
    private readonly Lock _gate = new();
    private readonly PeerId _id;
    private readonly Volunteer _volunteer;
    private readonly IGrid _grid;
    private readonly EntityHostServices _services;

    /// <summary>A host for a volunteer of which nothing is known yet.</summary>
    public VolunteerHost(PeerId id, VolunteerOptions options, IGrid grid, EntityHostServices services)
    {
        _id = id;
        _volunteer = new Volunteer(id, options);
        _grid = grid;
        _services = services;
    }

    /// <inheritdoc/>
    public DateTimeOffset? NextTick
    {
        get
        {
            lock (_gate)
            {
                return _volunteer.NextTick;
            }
        }
    }

    /// <summary>
    /// True when nothing would be lost with this host that the next heartbeat does not bring.
    /// </summary>
    public bool IsForgettable
    {
        get
        {
            lock (_gate)
            {
                return _volunteer.IsForgettable(_services.Clock.GetUtcNow());
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<HeartbeatAnswer> BeatAsync(
        Heartbeat heartbeat, CancellationToken cancellationToken)
    {
        var outcome = Decide(heartbeat, static (volunteer, heartbeat, now) => volunteer.Beat(heartbeat, now));
        var voids = await CarryOutAsync(outcome, cancellationToken);
        lock (_gate)
        {
            return _volunteer.Answer(voids);
        }
    }

    /// <inheritdoc/>
    public ValueTask<VolunteerBrief> BeginExchangeAsync(string requestId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(_volunteer.Begin(requestId, _services.Clock.GetUtcNow()));
        }
    }

    /// <inheritdoc/>
    public async ValueTask EndExchangeAsync(ExchangeRecord exchange, CancellationToken cancellationToken) =>
        await CarryOutAsync(
            Decide(exchange, static (volunteer, exchange, now) => volunteer.End(exchange, now)),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ExpectAsync(ShardId shard, CancellationToken cancellationToken)
    {
        var outcome = Decide(shard, static (volunteer, shard, now) =>
        {
            volunteer.Expect(shard, now);
            return VolunteerOutcome.Nothing;
        });
        await CarryOutAsync(outcome, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask TickAsync(CancellationToken cancellationToken) => await CarryOutAsync(
        Decide(0, static (volunteer, _, now) => volunteer.Tick(now)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PeerView?> ViewAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(_volunteer.View());
        }
    }

    private VolunteerOutcome Decide<TArgument>(
        TArgument argument, Func<Volunteer, TArgument, DateTimeOffset, VolunteerOutcome> decide)
    {
        VolunteerOutcome outcome;
        lock (_gate)
        {
            outcome = decide(_volunteer, argument, _services.Clock.GetUtcNow());
        }

        if (outcome.Change is { } change)
        {
            _services.Events.Publish([change]);
        }

        NoteNextTick();
        return outcome;
    }

    private void NoteNextTick()
    {
        if (NextTick is { } due)
        {
            _services.Ticks.Note(this, due);
        }
    }

    private async ValueTask<IReadOnlyList<GrantId>> CarryOutAsync(
        VolunteerOutcome outcome, CancellationToken cancellationToken)
    {
        if (outcome.Duties.Count == 0)
        {
            return [];
        }

        // Side by side, so that the shards' turns share a commit.
        var voids = await Task.WhenAll(outcome.Duties.Select(d => TellAsync(d, cancellationToken)));
        return voids.Length == 1 ? voids[0] : [.. voids.SelectMany(v => v)];
    }

    private async Task<IReadOnlyList<GrantId>> TellAsync(
        VolunteerDuty duty, CancellationToken cancellationToken)
    {
        try
        {
            var shard = _grid.Shard(duty.Shard);
            switch (duty)
            {
                case LoseDuty loss:
                    await shard.LoseAsync(_id, loss.Reason, cancellationToken);
                    return [];
                case ReconcileDuty compare:
                    var answer = await shard.ReconcileAsync(
                        _id, compare.Held, compare.Dropped, cancellationToken);
                    lock (_gate)
                    {
                        return _volunteer.Reconciled(compare, answer, _services.Clock.GetUtcNow());
                    }

                default:
                    throw new ArgumentOutOfRangeException(nameof(duty), duty, "not a duty the engine knows");
            }
        }
        catch (Exception e) when (e is StorageUnavailableException or OperationCanceledException)
        {
            EngineLog.DutyFailed(_services.Logger, duty.Shard.ToString(), _id.Short, e.Message);
            lock (_gate)
            {
                _volunteer.Undone(duty, _services.Clock.GetUtcNow());
            }

            if (NextTick is { } due)
            {
                _services.Ticks.Note(this, due);
            }

            return [];
        }
    }
}
