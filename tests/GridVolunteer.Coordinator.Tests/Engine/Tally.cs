using System.Buffers;
using System.Buffers.Binary;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Protocol.Events;

namespace GridVolunteer.Coordinator.Tests.Engine;

/// <summary>The simplest entity: a list of numbers, appended to.</summary>
internal sealed class Tally : IEntity
{
    private readonly List<int> _numbers = [];

    public IReadOnlyList<int> Numbers => _numbers;

    public DateTimeOffset? NextTick { get; set; }

    public bool IsClosed => _numbers.Contains(-1);

    public int Ticks { get; private set; }

    /// <summary>Adds a number, and answers how many there are.</summary>
    public int Add(int number, Turn turn)
    {
        Span<byte> record = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(record, number);
        turn.Journal(record);
        Apply(record);
        turn.Events.Add(new GridEvent { Kind = "added", At = turn.Now, State = $"{number}" });
        return _numbers.Count;
    }

    /// <summary>A bug: half of it is done, then it throws.</summary>
    public int AddHalf(int number, Turn turn)
    {
        Add(number, turn);
        throw new InvalidOperationException($"bug at {number}");
    }

    public void Apply(ReadOnlySpan<byte> record) =>
        _numbers.Add(BinaryPrimitives.ReadInt32LittleEndian(record));

    public void WriteSnapshot(IBufferWriter<byte> output)
    {
        foreach (var number in _numbers)
        {
            BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(4), number);
            output.Advance(4);
        }
    }

    public void ReadSnapshot(ReadOnlySpan<byte> snapshot)
    {
        _numbers.Clear();
        for (; !snapshot.IsEmpty; snapshot = snapshot[4..])
        {
            _numbers.Add(BinaryPrimitives.ReadInt32LittleEndian(snapshot));
        }
    }

    public void Recovered(Turn turn) => turn.Events.Add(new GridEvent { Kind = "recovered", At = turn.Now });

    public void Tick(Turn turn)
    {
        Ticks++;
        NextTick = null;
    }
}
