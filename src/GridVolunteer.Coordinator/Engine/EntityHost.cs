using System.Diagnostics.CodeAnalysis;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordinator.Storage;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// The mailbox before an entity. It is passive: it owns no thread and no task of its own. The first caller to arrive pumps
/// on its own scheduler until nobody waits; commands that arrive meanwhile are decided together in the next turn. One turn
/// is one journal append, and replies, to reads too, are given when it is durable.
/// </summary>
/// <remarks>
/// <para>When a command throws, that is a bug: its caller gets the exception, and what it put into the turn is taken out.
/// The commands before it were decided on a sound state, so they are stored and answered; those after it have not been
/// decided and wait for the next turn. Then the entity, perhaps half changed, is discarded and rebuilt from its journal.</para>
/// <para>When an append fails, nothing of the turn was kept: all its callers get a
/// <see cref="StorageUnavailableException"/>, and the entity is rebuilt.</para>
/// <para>A caller's token counts until its command is decided; afterwards it gets its reply, since the turn may borrow its
/// memory until then.</para>
/// </remarks>
public sealed class EntityHost<TEntity> : ITickable
    where TEntity : class, IEntity
{
    private readonly Lock _gate = new();
    private readonly Queue<ICommand<TEntity>> _waiting = new();
    private readonly EntityHostServices _services;
    private readonly Func<TEntity> _create;
    private readonly Action? _ticked;

    // Touched by the pump only, and there is one at a time.
    private readonly Turn _turn = new();
    private readonly List<ICommand<TEntity>> _taken = [];
    private readonly List<ICommand<TEntity>> _decided = [];
    private LoadedEntity<TEntity>? _loaded;
    private int _next;

    // Guarded by the gate.
    private bool _pumping;
    private bool _retired;

    private long _nextTickTicks = long.MaxValue;
    private long _usedAt;
    private volatile bool _isQuiet = true;
    private volatile bool _isClosed;

    /// <summary>
    /// A host for the entity stored under <paramref name="key"/>; it is loaded at the first command, and
    /// <paramref name="ticked"/> is called after each tick.
    /// </summary>
    public EntityHost(EntityKey key, Func<TEntity> create, EntityHostServices services, Action? ticked = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(services);
        Key = key;
        _create = create;
        _services = services;
        _ticked = ticked;
        _usedAt = services.Clock.GetTimestamp();
    }

    /// <summary>Under which name the entity is stored.</summary>
    public EntityKey Key { get; }

    /// <inheritdoc/>
    public DateTimeOffset? NextTick
    {
        get
        {
            var ticks = Volatile.Read(ref _nextTickTicks);
            return ticks == long.MaxValue ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
        }
    }

    /// <summary>True when the entity said, at the end of its last turn, that it is closed.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Asks the entity; the reply comes when what it rests on is durable.</summary>
    /// <exception cref="StorageUnavailableException">The journal could not be read or written; the call may be repeated.</exception>
    /// <exception cref="ObjectDisposedException">The host was retired: find the entity anew.</exception>
    public ValueTask<TReply> AskAsync<TReply>(Func<TEntity, Turn, TReply> decide, CancellationToken cancellationToken) =>
        AskAsync(decide, static (entity, decide, turn) => decide(entity, turn), cancellationToken);

    /// <summary>Asks the entity with an argument, so that <paramref name="decide"/> can be static.</summary>
    /// <inheritdoc cref="AskAsync{TReply}(Func{TEntity, Turn, TReply}, CancellationToken)"/>
    public ValueTask<TReply> AskAsync<TArgument, TReply>(
        TArgument argument, Func<TEntity, TArgument, Turn, TReply> decide, CancellationToken cancellationToken)
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
    /// Retires the host when nobody asks, nobody has for <paramref name="idle"/>, and the entity waits for no tick: its
    /// next caller gets a new host, which loads the entity again. False when it is in use.
    /// </summary>
    public bool TryRetire(TimeSpan idle)
    {
        lock (_gate)
        {
            if (_pumping || !_isQuiet || _services.Clock.GetElapsedTime(Volatile.Read(ref _usedAt)) < idle)
            {
                return false;
            }

            _retired = true;
            _loaded = null;
        }

        _services.Ticks.Forget(this);
        return true;
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

        // The pump needs no owner: it never throws, and it ends with the last of the callers that wait for it.
        _ = PumpAsync();
        return true;
    }

    private async Task PumpAsync()
    {
        while (TakeWaiting())
        {
            for (_next = 0; _next < _taken.Count;)
            {
                await TurnAsync();
            }

            _taken.Clear();
        }
    }

    private bool TakeWaiting()
    {
        lock (_gate)
        {
            while (_taken.Count < _services.Options.CommandsPerTurnMax && _waiting.TryDequeue(out var command))
            {
                _taken.Add(command);
            }

            Volatile.Write(ref _usedAt, _services.Clock.GetTimestamp());
            _pumping = _taken.Count > 0;
            return _pumping;
        }
    }

    private async ValueTask TurnAsync()
    {
        _turn.Begin(_services.Clock.GetUtcNow());
        if (await LoadAsync() is { } unreadable)
        {
            FailFrom(_next, unreadable);
            return;
        }

        var broken = DecideUntilBroken(out var bug);
        var unwritable = await StoreAsync(isSound: bug is null);
        if (unwritable is null)
        {
            CarryOut();
        }

        foreach (var command in _decided)
        {
            Answer(command, unwritable);
        }

        _decided.Clear();
        _turn.Begin(_turn.Now); // Lets go of what the rows borrowed.
        if (broken is not null)
        {
            Discard();
            broken.Fail(bug!);
        }
    }

    /// <summary>Rebuilds the entity where it is not in memory; answers why it cannot be.</summary>
    private async ValueTask<Exception?> LoadAsync()
    {
        if (_loaded is not null)
        {
            return null;
        }

        try
        {
            var record = await _services.Journal.LoadAsync(Key, CancellationToken.None);
            var loaded = LoadedEntity<TEntity>.Rebuild(_create(), record, _services.Options);
            loaded.Entity.Recovered(_turn);
            _loaded = loaded;
            return null;
        }
        catch (StorageUnavailableException e)
        {
            Discard();
            return e;
        }
#pragma warning disable CA1031 // Whatever an entity throws at its own journal must reach the callers, and not the pump.
        catch (Exception e)
#pragma warning restore CA1031
        {
            EngineLog.RebuildFailed(_services.Logger, Key.Name, e);
            Discard();
            return new StorageUnavailableException(
                $"The journal of {Key} was read but cannot be understood: {e.Message} Was it written by a newer version?", e);
        }
    }

    /// <summary>Decides what was taken, in order, up to a command that throws; answers that one.</summary>
    private ICommand<TEntity>? DecideUntilBroken(out Exception? bug)
    {
        bug = null;
        var entity = _loaded!.Entity;
        while (_next < _taken.Count)
        {
            var command = _taken[_next++];
            if (command.IsCancelled)
            {
                command.Cancel();
                continue;
            }

            var mark = _turn.Mark();
            try
            {
                command.Decide(entity, _turn);
                _decided.Add(command);
            }
#pragma warning disable CA1031 // A bug in one command: its caller gets the exception, its neighbours do not.
            catch (Exception e)
#pragma warning restore CA1031
            {
                EngineLog.CommandThrew(_services.Logger, Key.Name, e);
                _turn.Rewind(mark);
                bug = e;
                return command;
            }
        }

        return null;
    }

    /// <summary>Stores the turn; answers why it cannot be.</summary>
    private async ValueTask<Exception?> StoreAsync(bool isSound)
    {
        if (_turn.IsReadOnly)
        {
            return null;
        }

        var loaded = _loaded!;
        try
        {
            var record = loaded.Record(_turn, isSound);
            await _services.Journal.AppendAsync(Key, loaded.Version, record);
            loaded.NoteStored(record);
            return null;
        }
        catch (StorageUnavailableException e)
        {
            Discard();
            return e;
        }
#pragma warning disable CA1031 // Nothing is known to be stored: callers must hear of it and the state must go.
        catch (Exception e)
#pragma warning restore CA1031
        {
            EngineLog.AppendFailed(_services.Logger, Key.Name, e);
            Discard();
            return new StorageUnavailableException($"A turn of {Key} could not be stored: {e.Message} Try again.", e);
        }
    }

    private void CarryOut()
    {
        var entity = _loaded!.Entity;
        if (_turn.Events.Count > 0)
        {
            _services.Events.Publish(_turn.Events);
        }

        if (_turn.Notices.Count > 0)
        {
            _services.Outbox.Post(_turn.Notices);
        }

        var due = entity.NextTick;
        _isClosed = entity.IsClosed;
        _isQuiet = due is null || _isClosed;
        Volatile.Write(ref _nextTickTicks, due?.UtcTicks ?? long.MaxValue);
        if (due is { } at)
        {
            _services.Ticks.Note(this, at);
        }
    }

    private void FailFrom(int first, Exception exception)
    {
        _next = _taken.Count;
        for (var i = first; i < _taken.Count; i++)
        {
            Answer(_taken[i], exception);
        }
    }

    private static void Answer(ICommand<TEntity> command, Exception? exception)
    {
        if (exception is null)
        {
            command.Complete();
        }
        else
        {
            command.Fail(exception);
        }
    }

    /// <summary>Forgets the state; unless nothing was waited for, a tick soon brings it back without a caller.</summary>
    private void Discard()
    {
        _loaded = null;
        if (_isQuiet)
        {
            return;
        }

        var soon = _services.Clock.GetUtcNow() + _services.Options.RetryAfter;
        Volatile.Write(ref _nextTickTicks, soon.UtcTicks);
        _services.Ticks.Note(this, soon);
    }
}
