using System.Buffers;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// An entity in memory, the version its state stands for, and what loading it again would cost.
/// </summary>
internal sealed class LoadedEntity<TEntity>
    where TEntity : class, IEntity
{
    private readonly EntityHostOptions _options;
    private int _journalTurns;
    private long _journalBytes;
    private bool _closedStored;

    private LoadedEntity(TEntity entity, EntityHostOptions options)
    {
        Entity = entity;
        _options = options;
    }

    /// <summary>The entity.</summary>
    public TEntity Entity { get; }

    /// <summary>Where its journal stands.</summary>
    public JournalPosition Position { get; private set; }

    /// <summary>True when it is closed and that is stored: what it knows stays true whoever else loads it.</summary>
    public bool IsFinal => _closedStored;

    /// <summary>Rebuilds an entity from what is stored of it.</summary>
    /// <exception cref="InvalidDataException">A record is cut short or unknown to the entity.</exception>
    public static LoadedEntity<TEntity> Rebuild(
        TEntity entity, EntityRecord record, EntityHostOptions options)
    {
        var loaded = new LoadedEntity<TEntity>(entity, options)
        {
            Position = new JournalPosition(record.Version, record.Epoch),
        };
        if (record.Snapshot is { } snapshot)
        {
            entity.ReadSnapshot(snapshot.Span);
        }

        foreach (var turn in record.Turns)
        {
            Replay(entity, turn.Span);
            loaded._journalTurns++;
            loaded._journalBytes += turn.Length;
        }

        loaded._closedStored = entity.IsClosed && record.Turns.Count == 0;
        return loaded;
    }

    /// <summary>
    /// What to store of a turn: its records, or a snapshot in their place when the journal has grown or the
    /// entity has closed. A state that may be half changed (<paramref name="isSound"/> false) is never
    /// written down.
    /// </summary>
    public TurnRecord Record(Turn turn, bool isSound)
    {
        var isDue = _journalTurns + 1 >= _options.TurnsPerSnapshot
            || _journalBytes + turn.Journalled.Length >= _options.JournalSizeBytesPerSnapshot
            || (Entity.IsClosed && !_closedStored);
        if (!isSound || !isDue)
        {
            return new TurnRecord(turn.Journalled, turn.Rows, null);
        }

        var snapshot = new ArrayBufferWriter<byte>(4096);
        Entity.WriteSnapshot(snapshot);
        return new TurnRecord(turn.Journalled, turn.Rows, snapshot.WrittenMemory, Entity.IsClosed);
    }

    /// <summary>The record is durable, and the journal now stands at <paramref name="position"/>.</summary>
    public void NoteStored(in TurnRecord record, JournalPosition position)
    {
        Position = position;
        if (record.Snapshot is null)
        {
            _journalTurns++;
            _journalBytes += record.Journalled.Length;
            return;
        }

        _journalTurns = 0;
        _journalBytes = 0;
        _closedStored = Entity.IsClosed;
    }

    private static void Replay(TEntity entity, ReadOnlySpan<byte> turn)
    {
        while (!turn.IsEmpty)
        {
            if (!Varint.TryRead(turn, out var length, out var used) || length > (ulong)(turn.Length - used))
            {
                throw new InvalidDataException("A journal record is cut short.");
            }

            entity.Apply(turn.Slice(used, (int)length));
            turn = turn[(used + (int)length)..];
        }
    }
}
