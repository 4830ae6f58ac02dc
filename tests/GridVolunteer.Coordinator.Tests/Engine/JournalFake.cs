using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Tests.Engine;

/// <summary>
/// A journal with a disk that forgets: an append is written when it is made and durable only when the test
/// syncs it; a crash drops everything that was not. Holds appends back until the test lets them go, in one
/// go.
/// </summary>
internal sealed class JournalFake : IJournal, IResultStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<EntityKey, Stored> _durable = [];
    private readonly Dictionary<(EntityKey Entity, long Sequence), byte[]> _rows = [];
    private readonly List<Pending> _written = [];
    private readonly bool _syncsAtOnce;

    public JournalFake(bool syncsAtOnce = true) => _syncsAtOnce = syncsAtOnce;

    /// <summary>What the next append fails with.</summary>
    public Exception? FailNext { get; set; }

    /// <summary>How many more appends go well; after that all fail, as in a process about to die.</summary>
    public int AppendsLeft { get; set; } = int.MaxValue;

    /// <summary>What the next load fails with.</summary>
    public Exception? FailLoad { get; set; }

    /// <summary>What the next confirmation fails with.</summary>
    public Exception? FailConfirm { get; set; }

    /// <summary>Confirmations so far.</summary>
    public int Confirmations { get; private set; }

    /// <summary>Appends that ended well.</summary>
    public int Appends { get; private set; }

    /// <summary>Loads so far.</summary>
    public int Loads { get; private set; }

    /// <summary>Snapshots among the appends.</summary>
    public int Snapshots { get; private set; }

    /// <summary>Appends written and not synced.</summary>
    public int Unsynced
    {
        get
        {
            lock (_gate)
            {
                return _written.Count;
            }
        }
    }

    public ValueTask<EntityRecord> LoadAsync(EntityKey entity, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Loads++;
            if (FailLoad is { } failure)
            {
                FailLoad = null;
                throw failure;
            }

            return new(_durable.TryGetValue(entity, out var stored)
                ? new EntityRecord(stored.Version, stored.Snapshot, [.. stored.Turns.Select(t => new ReadOnlyMemory<byte>(t))])
                : EntityRecord.Empty);
        }
    }

    public async ValueTask<JournalPosition> AppendAsync(EntityKey entity, JournalPosition expected, TurnRecord turn)
    {
        var pending = new Pending(
            entity, expected.Version, turn.Journalled.ToArray(), turn.Snapshot?.ToArray())
        {
            Rows = [.. turn.Rows.Select(r => (r.Sequence, r.Packed.ToArray()))],
        };
        lock (_gate)
        {
            if (AppendsLeft-- <= 0)
            {
                throw new StorageUnavailableException("The process is about to die.");
            }

            if (FailNext is { } failure)
            {
                FailNext = null;
                throw failure;
            }

            _written.Add(pending);
        }

        if (_syncsAtOnce)
        {
            Sync(int.MaxValue);
        }

        await pending.Done.Task;
        return expected.Next;
    }

    public ValueTask ConfirmAsync(EntityKey entity, JournalPosition position, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Confirmations++;
            if (FailConfirm is { } failure)
            {
                FailConfirm = null;
                throw failure;
            }

            var version = _durable.TryGetValue(entity, out var stored) ? stored.Version : 0;
            return version == position.Version
                ? ValueTask.CompletedTask
                : throw new JournalConflictException(entity, position);
        }
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadRowAsync(
        ShardId shard, long sequence, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(_rows.TryGetValue((EntityKey.Of(shard), sequence), out var row)
                ? row
                : default(ReadOnlyMemory<byte>?));
        }
    }

    /// <summary>
    /// Makes the oldest <paramref name="count"/> written appends durable and tells their callers.
    /// </summary>
    public void Sync(int count)
    {
        List<Pending> synced;
        lock (_gate)
        {
            synced = [.. _written.Take(count)];
            _written.RemoveRange(0, synced.Count);
            foreach (var pending in synced)
            {
                Store(pending);
            }
        }

        foreach (var pending in synced)
        {
            _ = pending.Conflict ? pending.Done.TrySetException(
                new JournalConflictException(pending.Entity, new JournalPosition(pending.Version)))
                : pending.Done.TrySetResult();
        }
    }

    /// <summary>The power fails: what was not synced is gone, and its callers never hear.</summary>
    public void Crash()
    {
        lock (_gate)
        {
            _written.Clear();
        }
    }

    /// <summary>The disk is away for what is written now: its callers hear so.</summary>
    public void FailUnsynced()
    {
        List<Pending> failed;
        lock (_gate)
        {
            failed = [.. _written];
            _written.Clear();
        }

        foreach (var pending in failed)
        {
            pending.Done.TrySetException(new StorageUnavailableException("The disk is away."));
        }
    }

    private void Store(Pending pending)
    {
        if (!_durable.TryGetValue(pending.Entity, out var stored))
        {
            _durable.Add(pending.Entity, stored = new Stored());
        }

        if (stored.Version != pending.Version)
        {
            pending.Conflict = true;
            return;
        }

        stored.Version++;
        Appends++;
        foreach (var (sequence, packed) in pending.Rows)
        {
            _rows.Add((pending.Entity, sequence), packed);
        }

        if (pending.Snapshot is null)
        {
            stored.Turns.Add(pending.Journalled);
        }
        else
        {
            Snapshots++;
            stored.Snapshot = pending.Snapshot;
            stored.Turns.Clear();
        }
    }

    private sealed class Stored
    {
        public long Version { get; set; }

        public byte[]? SnapshotBytes { get; set; }

        public ReadOnlyMemory<byte>? Snapshot
        {
            get => SnapshotBytes is null ? default(ReadOnlyMemory<byte>?) : SnapshotBytes;
            set => SnapshotBytes = value?.ToArray();
        }

        public List<byte[]> Turns { get; } = [];
    }

    private sealed class Pending(EntityKey entity, long version, byte[] journalled, byte[]? snapshot)
    {
        public EntityKey Entity { get; } = entity;

        public long Version { get; } = version;

        public byte[] Journalled { get; } = journalled;

        public byte[]? Snapshot { get; } = snapshot;

        public IReadOnlyList<(long Sequence, byte[] Packed)> Rows { get; init; } = [];

        public bool Conflict { get; set; }

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
