using System.Buffers;
using System.Runtime.InteropServices;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Packing;

namespace GridVolunteer.Coordination.Entities;

/// <summary>
/// What one mailbox turn decided, possibly from several commands: events to store, rows of results to store
/// with them, and what to say once they are durable. The host creates it, hands it to the entity, and carries
/// its contents out.
/// </summary>
public sealed class Turn
{
    private readonly JournalBuffer _journal = new();

    /// <summary>The time at which the turn decides; it does not move within a turn.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>The journalled records, each a varint length and its bytes.</summary>
    public ReadOnlyMemory<byte> Journalled => _journal.Written;

    /// <summary>Rows of result bytes, stored in the same transaction and outside snapshots.</summary>
    public List<ResultRow> Rows { get; } = [];

    /// <summary>Messages to other entities, delivered at least once after the turn is durable.</summary>
    public List<Notice> Notices { get; } = [];

    /// <summary>For the live stream; published after the turn is durable.</summary>
    public List<GridEvent> Events { get; } = [];

    /// <summary>True when nothing needs to be stored.</summary>
    public bool IsReadOnly => _journal.WrittenBytes == 0 && Rows.Count == 0;

    /// <summary>Appends one record (type id, schema version, body).</summary>
    public void Journal(ReadOnlySpan<byte> record)
    {
        Varint.Write(_journal, (ulong)record.Length);
        _journal.Write(record);
    }

    /// <summary>Empties the turn and sets its time, so that a host can use it again.</summary>
    public void Begin(DateTimeOffset now)
    {
        Now = now;
        _journal.Truncate(0);
        Rows.Clear();
        Notices.Clear();
        Events.Clear();
    }

    /// <summary>Where the turn stands, for <see cref="Rewind"/>.</summary>
    public TurnMark Mark() => new(_journal.WrittenBytes, Rows.Count, Notices.Count, Events.Count);

    /// <summary>
    /// Takes back what was put into the turn after <paramref name="mark"/>, as when a command broke off half
    /// way.
    /// </summary>
    public void Rewind(TurnMark mark)
    {
        _journal.Truncate(mark.JournalBytes);
        CollectionsMarshal.SetCount(Rows, mark.Rows);
        CollectionsMarshal.SetCount(Notices, mark.Notices);
        CollectionsMarshal.SetCount(Events, mark.Events);
    }
}
