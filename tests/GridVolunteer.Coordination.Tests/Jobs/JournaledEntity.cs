using System.Buffers;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordination.Tests.Jobs;

/// <summary>
/// An entity before a journal in memory: turns are durable at once, and a crash replays what was journalled.
/// </summary>
internal sealed class JournaledEntity<TEntity>(Func<TEntity> create)
    where TEntity : IEntity
{
    private readonly Turn _turn = new();
    private readonly List<byte[]> _records = [];
    private byte[]? _snapshot;

    public TEntity Entity { get; private set; } = create();

    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What the last turn said.</summary>
    public Turn LastTurn => _turn;

    public TReply Ask<TReply>(Func<TEntity, Turn, TReply> command)
    {
        _turn.Begin(Now);
        var reply = command(Entity, _turn);
        for (var rest = _turn.Journalled.Span; !rest.IsEmpty;)
        {
            Assert.True(Varint.TryRead(rest, out var length, out var used));
            _records.Add(rest.Slice(used, (int)length).ToArray());
            rest = rest[(used + (int)length)..];
        }

        return reply;
    }

    public void Tell(Action<TEntity, Turn> command) => Ask((entity, turn) =>
    {
        command(entity, turn);
        return 0;
    });

    public byte[] State()
    {
        var output = new ArrayBufferWriter<byte>();
        Entity.WriteSnapshot(output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Replaces the journal so far by a snapshot.</summary>
    public void TakeSnapshot()
    {
        _snapshot = State();
        _records.Clear();
    }

    /// <summary>
    /// Loads the entity anew, checks that it is as it was, and tells it; what it says is in the last turn.
    /// </summary>
    public void Crash()
    {
        var before = State();
        Entity = create();
        if (_snapshot is not null)
        {
            Entity.ReadSnapshot(_snapshot);
        }

        foreach (var record in _records)
        {
            Entity.Apply(record);
        }

        Assert.Equal(before, State());
        Tell(static (entity, turn) => entity.Recovered(turn));
        Assert.True(_turn.IsReadOnly, "Recovered must journal nothing.");
    }
}
