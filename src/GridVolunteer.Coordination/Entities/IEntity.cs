using System.Buffers;

namespace GridVolunteer.Coordination.Entities;

/// <summary>
/// Something that decides: a job, a work shard, the catalogue. Its commands are plain methods that take what
/// is asked and a
/// <see cref="Turn"/>; they journal events through the turn and change state only by applying those events,
/// so that replaying a journal gives the same state. It owns no task, socket, clock, lock or random source;
/// one caller at a time.
/// </summary>
public interface IEntity
{
    /// <summary>
    /// Applies one journalled event, as <see cref="Turn.Journal"/> framed it (type id, schema version, body).
    /// </summary>
    void Apply(ReadOnlySpan<byte> record);

    /// <summary>Writes the whole state, with a schema version first.</summary>
    void WriteSnapshot(IBufferWriter<byte> output);

    /// <summary>Replaces the state by that of a snapshot of this or any earlier schema version.</summary>
    void ReadSnapshot(ReadOnlySpan<byte> snapshot);

    /// <summary>
    /// Called once after loading: the time the entity was away must not count, so deadlines restart from now.
    /// May put notices and events into the turn, but journals nothing.
    /// </summary>
    void Recovered(Turn turn);

    /// <summary>When the entity wants its next tick, or null when it waits for nothing.</summary>
    DateTimeOffset? NextTick { get; }

    /// <summary>Time has passed: expires what is due.</summary>
    void Tick(Turn turn);

    /// <summary>
    /// True when nothing will change any more: the host keeps a last snapshot and lets the entity go.
    /// </summary>
    bool IsClosed => false;
}
