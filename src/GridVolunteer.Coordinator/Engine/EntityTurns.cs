using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordinator.Storage;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// The turns of one entity: loads it when it is not in memory, decides waiting commands together, stores what
/// they journalled in one append, and only then answers, publishes events and hands on notices. One user at a
/// time: the pump.
/// </summary>
/// <remarks>
/// <para>An answer that rests on what is in memory alone is given only when the journal confirms that nobody else has
/// loaded the entity since: one that was superseded, its process frozen perhaps, may hold what is long past. A turn
/// that stores something, or begins with loading, is confirmed by that; only one that does neither costs a read.</para>
/// <para>When a command throws, that is a bug: its caller gets the exception, and what it put into the turn
/// is taken out. The commands before it were decided on a sound state, so they are stored and answered; those
/// after it have not been decided and wait for the next turn. Then the entity, perhaps half changed, is
/// discarded and rebuilt from its journal.</para>
/// <para>When an append fails, nothing of the turn was kept: all its callers get a
/// <see cref="StorageUnavailableException"/>, and the entity is rebuilt; when that is because the entity is
/// written from elsewhere they get an <see cref="EntityMovedException"/>, and whoever owns the host hears of it, so
/// that it may let go.</para>
/// </remarks>
internal sealed class EntityTurns<TEntity>(
    EntityKey key, Func<TEntity> create, EntityHostServices services, ITickable host, Action? superseded)
    where TEntity : class, IEntity
{
    private readonly Turn _turn = new();
    private readonly List<ICommand<TEntity>> _decided = [];
    private IReadOnlyList<ICommand<TEntity>> _commands = [];
    private LoadedEntity<TEntity>? _loaded;
    private int _next;
    private bool _isFresh;
    private long _nextTickTicks = long.MaxValue;
    private volatile bool _isQuiet = true;
    private volatile bool _isClosed;

    /// <summary>When the entity wants its next tick, or null. May be read by anyone.</summary>
    public DateTimeOffset? NextTick
    {
        get
        {
            var ticks = Volatile.Read(ref _nextTickTicks);
            return ticks == long.MaxValue ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
        }
    }

    /// <summary>
    /// True when the entity said, at the end of its last turn, that it is closed. May be read by anyone.
    /// </summary>
    public bool IsClosed => _isClosed;

    /// <summary>True when the entity is closed or waits for no tick. May be read by anyone.</summary>
    public bool IsQuiet => _isQuiet;

    /// <summary>Decides all of <paramref name="commands"/> in order and answers each. Never throws.</summary>
    public async ValueTask RunAsync(IReadOnlyList<ICommand<TEntity>> commands)
    {
        _commands = commands;
        for (_next = 0; _next < _commands.Count;)
        {
            await TurnAsync();
        }
    }

    /// <summary>Lets the entity go.</summary>
    public void Unload() => _loaded = null;

    private async ValueTask TurnAsync()
    {
        _turn.Begin(services.Clock.GetUtcNow());
        if (await LoadAsync() is { } unreadable)
        {
            for (; _next < _commands.Count; _next++)
            {
                _commands[_next].Fail(unreadable);
            }

            return;
        }

        var broken = DecideUntilBroken(out var bug);
        var unwritable = await StoreAsync(isSound: bug is null);
        if (unwritable is null)
        {
            TryCarryOut();
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
        _isFresh = _loaded is null;
        if (!_isFresh)
        {
            return null;
        }

        try
        {
            var record = await services.Journal.LoadAsync(key, CancellationToken.None);
            var loaded = LoadedEntity<TEntity>.Rebuild(create(), record, services.Options);
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
            EngineLog.RebuildFailed(services.Logger, key.Name, e);
            Discard();
            return new StorageUnavailableException(
                $"The journal of {key} was read but cannot be understood: {e.Message} Was it written by a newer version?", e);
        }
    }

    /// <summary>Decides what was taken, in order, up to a command that throws; answers that one.</summary>
    private ICommand<TEntity>? DecideUntilBroken(out Exception? bug)
    {
        bug = null;
        var entity = _loaded!.Entity;
        while (_next < _commands.Count)
        {
            var command = _commands[_next++];
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
                EngineLog.CommandThrew(services.Logger, key.Name, e);
                _turn.Rewind(mark);
                bug = e;
                return command;
            }
        }

        return null;
    }

    /// <summary>Stores the turn, or confirms what it rests on; answers why it cannot.</summary>
    private async ValueTask<Exception?> StoreAsync(bool isSound)
    {
        var loaded = _loaded!;
        try
        {
            if (!_turn.IsReadOnly)
            {
                var record = loaded.Record(_turn, isSound);
                loaded.NoteStored(record, await services.Journal.AppendAsync(key, loaded.Position, record));
            }
            else if (!_isFresh && !loaded.IsFinal)
            {
                await services.Journal.ConfirmAsync(key, loaded.Position, CancellationToken.None);
            }

            return null;
        }
        catch (StorageUnavailableException e)
        {
            if (!_turn.IsReadOnly)
            {
                Discard();
            }

            return e;
        }
        catch (JournalConflictException e)
        {
            EngineLog.Superseded(services.Logger, key.Name, e.Message);
            Discard();
            superseded?.Invoke();
            return new EntityMovedException($"{key} moved to another place just now. Try again.", e);
        }
#pragma warning disable CA1031 // Nothing is known to be stored: callers must hear of it and the state must go.
        catch (Exception e)
#pragma warning restore CA1031
        {
            EngineLog.AppendFailed(services.Logger, key.Name, e);
            Discard();
            return new StorageUnavailableException(
                $"A turn of {key} could not be stored: {e.Message} Try again.", e);
        }
    }

    private void TryCarryOut()
    {
        try
        {
            CarryOut();
        }
#pragma warning disable CA1031 // The turn is durable, so its callers must be answered whatever a listener did.
        catch (Exception e)
#pragma warning restore CA1031
        {
            EngineLog.CarryOutFailed(services.Logger, key.Name, e);
            Discard();
        }
    }

    private void CarryOut()
    {
        var entity = _loaded!.Entity;
        if (_turn.Events.Count > 0)
        {
            services.Events.Publish(_turn.Events);
        }

        if (_turn.Notices.Count > 0)
        {
            services.Outbox.Post(_turn.Notices);
        }

        var due = entity.NextTick;
        _isClosed = entity.IsClosed;
        _isQuiet = due is null || _isClosed;
        Volatile.Write(ref _nextTickTicks, due?.UtcTicks ?? long.MaxValue);
        if (due is { } at)
        {
            services.Ticks.Note(host, at);
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

    /// <summary>
    /// Forgets the state; unless nothing was waited for, a tick soon brings it back without a caller.
    /// </summary>
    private void Discard()
    {
        _loaded = null;
        if (_isQuiet)
        {
            return;
        }

        var soon = services.Clock.GetUtcNow() + services.Options.RetryAfter;
        Volatile.Write(ref _nextTickTicks, soon.UtcTicks);
        services.Ticks.Note(host, soon);
    }
}
