using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordinator.Storage;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// The mailbox before an entity. It is passive: it owns no thread and no task of its own. The first caller to
/// arrive pumps on its own scheduler until nobody waits; commands that arrive meanwhile are decided together
/// in the next turn. One turn is one journal append, and replies, to reads too, are given when it is durable.
/// </summary>
/// <remarks>
/// A caller's token counts until its command is decided; afterwards it gets its reply, since the turn may
/// borrow its memory until then. What happens when a command or an append fails,
/// <see cref="EntityTurns{TEntity}"/> says.
/// </remarks>
public sealed class EntityHost<TEntity> : ITickable, IMailbox<TEntity>
    where TEntity : class, IEntity
{
    private readonly Lock _gate = new();
    private readonly Queue<ICommand<TEntity>> _waiting = new();
    private readonly EntityHostServices _services;
    private readonly Action? _ticked;

    // Touched by the pump only, and there is one at a time.
    private readonly EntityTurns<TEntity> _turns;
    private readonly List<ICommand<TEntity>> _taken = [];

    // Guarded by the gate.
    private bool _pumping;
    private bool _retired;
    private TaskCompletionSource? _rested;

    private long _usedAt;

    /// <summary>
    /// A host for the entity stored under <paramref name="key"/>; it is loaded at the first command, and
    /// <paramref name="ticked"/> is called after each tick, and <paramref name="superseded"/> when the journal
    /// says that the entity was loaded elsewhere since.
    /// </summary>
    public EntityHost(
        EntityKey key, Func<TEntity> create, EntityHostServices services, Action? ticked = null,
        Action? superseded = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(services);
        Key = key;
        _turns = new EntityTurns<TEntity>(key, create, services, this, superseded);
        _services = services;
        _ticked = ticked;
        _usedAt = services.Clock.GetTimestamp();
    }

    /// <summary>Under which name the entity is stored.</summary>
    public EntityKey Key { get; }

    /// <inheritdoc/>
    public DateTimeOffset? NextTick => _turns.NextTick;

    /// <summary>True when the entity said, at the end of its last turn, that it is closed.</summary>
    public bool IsClosed => _turns.IsClosed;

    /// <summary>Asks the entity; the reply comes when what it rests on is durable.</summary>
    /// <exception cref="StorageUnavailableException">The journal could not be read or written; the call may
    /// be repeated.</exception>
    /// <exception cref="ObjectDisposedException">The host was retired: find the entity anew.</exception>
    public ValueTask<TReply> AskAsync<TReply>(
        Func<TEntity, Turn, TReply> decide, CancellationToken cancellationToken) =>
        AskAsync(decide, static (entity, decide, turn) => decide(entity, turn), cancellationToken);

    /// <summary>Asks the entity with an argument, so that <paramref name="decide"/> can be static.</summary>
    /// <inheritdoc cref="AskAsync{TReply}(Func{TEntity, Turn, TReply}, CancellationToken)"/>
    public ValueTask<TReply> AskAsync<TArgument, TReply>(
        TArgument argument, Func<TEntity, TArgument, Turn, TReply> decide,
        CancellationToken cancellationToken)
    {
        if (!TryAsk(argument, decide, cancellationToken, out var reply))
        {
            throw new ObjectDisposedException(nameof(EntityHost<>), $"The host of {Key} was retired.");
        }

        return reply;
    }

    /// <summary>As <c>AskAsync</c>, but false when the host was retired.</summary>
    public bool TryAsk<TArgument, TReply>(
        TArgument argument,
        Func<TEntity, TArgument, Turn, TReply> decide,
        CancellationToken cancellationToken,
        out ValueTask<TReply> reply)
    {
        var command = new Command<TEntity, TArgument, TReply>(argument, decide, cancellationToken);
        reply = new ValueTask<TReply>(command.Task);
        return TryEnqueue(command);
    }

    /// <inheritdoc/>
    public async ValueTask TickAsync(CancellationToken cancellationToken)
    {
        if (TryAsk(0, static (entity, _, turn) => Tick(entity, turn), cancellationToken, out var reply))
        {
            await reply;
            _ticked?.Invoke();
        }
    }

    /// <summary>
    /// Retires the host when nobody asks, nobody has for <paramref name="idle"/>, and the entity waits for no
    /// tick: its next caller gets a new host, which loads the entity again. False when it is in use.
    /// </summary>
    public bool TryRetire(TimeSpan idle)
    {
        lock (_gate)
        {
            if (_pumping || !_turns.IsQuiet
                || _services.Clock.GetElapsedTime(Volatile.Read(ref _usedAt)) < idle)
            {
                return false;
            }

            _retired = true;
            _turns.Unload();
        }

        _services.Ticks.Forget(this);
        return true;
    }

    /// <summary>
    /// Retires the host whatever it waits for: who asked before is still answered, and when this ends nothing
    /// of it runs any more. Its entity may then live elsewhere.
    /// </summary>
    public async Task StopAsync()
    {
        Task rested;
        lock (_gate)
        {
            _retired = true;
            _rested ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!_pumping)
            {
                _rested.TrySetResult();
            }

            rested = _rested.Task;
        }

        await rested;
        _turns.Unload();
        _services.Ticks.Forget(this);
    }

    private static bool Tick(TEntity entity, Turn turn)
    {
        entity.Tick(turn);
        return true;
    }

    private bool TryEnqueue(ICommand<TEntity> command)
    {
        lock (_gate)
        {
            if (_retired)
            {
                return false;
            }

            _waiting.Enqueue(command);
            if (_pumping)
            {
                return true;
            }

            _pumping = true;
        }

        // The pump needs no owner: it never throws, and it ends with the last of the callers that wait for
        // it.
        _ = PumpAsync();
        return true;
    }

    private async Task PumpAsync()
    {
        while (TakeWaiting())
        {
            await _turns.RunAsync(_taken);
            _taken.Clear();
        }
    }

    private bool TakeWaiting()
    {
        lock (_gate)
        {
            while (_taken.Count < _services.Options.CommandsPerTurnMax
                && _waiting.TryDequeue(out var command))
            {
                _taken.Add(command);
            }

            Volatile.Write(ref _usedAt, _services.Clock.GetTimestamp());
            _pumping = _taken.Count > 0;
            if (!_pumping && _retired)
            {
                _rested?.TrySetResult();
            }

            return _pumping;
        }
    }
}
