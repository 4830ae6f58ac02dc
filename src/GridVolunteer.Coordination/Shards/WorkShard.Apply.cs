using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Shards;

/// <content>The only way in which state changes: a record is written, and applied as a replay
/// would.</content>
public sealed partial class WorkShard
{
    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The record is malformed, or of a type or version this code does
    /// not know.</exception>
    public void Apply(ReadOnlySpan<byte> record)
    {
        _effects.Clear();
        if (record.Length < 2)
        {
            throw new InvalidDataException(
                $"A record of shard {Id} has {record.Length} bytes: type and version are missing.");
        }

        var type = (RecordType)record[0];
        if (!Enum.IsDefined(type) || record[1] != ShardFields.Version)
        {
            throw new InvalidDataException(
                $"Shard {Id} has a record of type {record[0]}, version {record[1]}, "
                + "which this version does not know: it was written by a newer one.");
        }

        try
        {
            var reader = new RecordReader(record[2..]);
            ApplyBody(type, ref reader);
        }
        catch (Exception fault)
            when (fault is InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            // Rethrown with the name of what could not be applied; the host discards the shard.
            throw new InvalidDataException(
                $"A record of type {type}, version {record[1]}, cannot be applied to shard {Id}: {fault.Message}",
                fault);
        }
    }

    private void ApplyBody(RecordType type, ref RecordReader record)
    {
        switch (type)
        {
            case RecordType.Opened:
                ApplyOpened(ref record);
                break;
            case RecordType.Granted:
                ApplyGranted(ref record);
                break;
            case RecordType.Reported:
                ApplyReported(ref record);
                break;
            case RecordType.Lost:
                ApplyLost(ref record);
                break;
            case RecordType.Reconciled:
                ApplyReconciled(ref record);
                break;
            case RecordType.Expired:
                ApplyExpired(ref record);
                break;
            case RecordType.Closed:
                ApplyClosed(ref record);
                break;
            case RecordType.Ended:
                ApplyEnded(ref record);
                break;
        }
    }

    private RecordWriter BeginRecord(RecordType type, Turn turn)
    {
        _record.ResetWrittenCount();
        var record = new RecordWriter(_record);
        record.WriteByte((byte)type);
        record.WriteByte(ShardFields.Version);
        record.WriteLong(turn.Now.ToUnixTimeMilliseconds());
        return record;
    }

    private void Commit(Turn turn)
    {
        turn.Journal(_record.WrittenSpan);
        Apply(_record.WrittenSpan);
    }

    private void DecideOpened(ShardPlan plan, Turn turn)
    {
        PlanCodec.Write(BeginRecord(RecordType.Opened, turn), plan);
        Commit(turn);
    }

    private void ApplyOpened(ref RecordReader record)
    {
        record.ReadLong();
        _plan = PlanCodec.Read(ref record, Id);
        _books = new ShardBooks(_plan);
        record.ReadEnd();
    }

    private void CloseWhenDecided(Turn turn)
    {
        if (_books is { States.Undecided: 0 })
        {
            TellHolders(turn);
            BeginRecord(RecordType.Closed, turn);
            Commit(turn);
            turn.Notices.Add(new ShardClosedNotice(Summary()));
        }
    }

    private void ApplyClosed(ref RecordReader record)
    {
        record.ReadLong();
        record.ReadEnd();
        DropBooks();
        _isClosed = true;
    }

    private void DecideEnded(Turn turn)
    {
        TellHolders(turn);
        BeginRecord(RecordType.Ended, turn);
        Commit(turn);
    }

    // Who holds copies hears of them with its next heartbeat: that it is expected to live, or that they are
    // void.
    private void TellHolders(Turn turn)
    {
        var holders = _books?.Grants.All.Select(g => g.Holder).Distinct().OrderBy(h => h.Index).ToList();
        if (holders is { Count: > 0 })
        {
            turn.Notices.Add(new HoldersNotice(Id, [.. holders.Select(h => h.Peer)]));
        }
    }

    private void ApplyEnded(ref RecordReader record)
    {
        record.ReadLong();
        record.ReadEnd();
        DropBooks();
        _isEnded = true;
    }

    private void DropBooks()
    {
        for (var phase = 0; _books is not null && phase < _lastCounts.Length; phase++)
        {
            _lastCounts[phase] = _books.States.Count((UnitPhase)phase);
        }

        _books = null;
    }

    private ShardBooks OpenBooks() => _books ?? throw DoesNotFit();

    private static InvalidDataException DoesNotFit() => new("It does not fit the shard's state.");

    private GridEvent Event(string kind, Turn turn, IReadOnlyList<UnitRun> runs) =>
        new() { Kind = kind, At = turn.Now, Job = Id.Job, Level = Id.Level, Runs = runs };
}
