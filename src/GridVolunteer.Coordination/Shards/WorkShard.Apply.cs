using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Shards;

/// <content>The only way in which state changes: a record is written, and applied as a replay would.</content>
public sealed partial class WorkShard
{
    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The record is malformed, or of a type or version this code does not know.</exception>
    public void Apply(ReadOnlySpan<byte> record)
    {
        _effects.Clear();
        if (record.Length < 2)
        {
            throw new InvalidDataException($"A record of shard {Id} has {record.Length} bytes: type and version are missing.");
        }

        var type = (RecordType)record[0];
        if (!Enum.IsDefined(type) || record[1] != ShardRecordWriter.Version)
        {
            throw new InvalidDataException(
                $"Shard {Id} has a record of type {record[0]}, version {record[1]}, which this version does not know: "
                + "it was written by a newer one.");
        }

        var reader = new ShardRecordReader(record[2..], $"record {type}, version {record[1]}, of shard {Id}");
        switch (type)
        {
            case RecordType.Opened:
                ApplyOpened(ref reader);
                break;
            case RecordType.Granted:
                ApplyGranted(ref reader);
                break;
            case RecordType.Reported:
                ApplyReported(ref reader);
                break;
            case RecordType.Lost:
                ApplyLost(ref reader);
                break;
            case RecordType.Reconciled:
                ApplyReconciled(ref reader);
                break;
            case RecordType.Expired:
                ApplyExpired(ref reader);
                break;
            case RecordType.Closed:
                ApplyClosed(ref reader);
                break;
            case RecordType.Ended:
                ApplyEnded(ref reader);
                break;
        }
    }

    private ShardRecordWriter BeginRecord(RecordType type, Turn turn)
    {
        _record.ResetWrittenCount();
        var record = new ShardRecordWriter(_record);
        record.Begin(type);
        record.Number(turn.Now.ToUnixTimeMilliseconds());
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

    private void ApplyOpened(ref ShardRecordReader record)
    {
        record.Number();
        _plan = PlanCodec.Read(ref record, Id);
        _books = new ShardBooks(_plan);
        record.End();
    }

    private void CloseWhenDecided(Turn turn)
    {
        if (_books is { States.Undecided: 0 })
        {
            BeginRecord(RecordType.Closed, turn);
            Commit(turn);
            turn.Notices.Add(new ShardClosedNotice(Summary()));
        }
    }

    private void ApplyClosed(ref ShardRecordReader record)
    {
        record.Number();
        record.End();
        DropBooks();
        _isClosed = true;
    }

    private void DecideEnded(Turn turn)
    {
        BeginRecord(RecordType.Ended, turn);
        Commit(turn);
    }

    private void ApplyEnded(ref ShardRecordReader record)
    {
        record.Number();
        record.End();
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

    private ShardBooks Books(ref ShardRecordReader record) => _books ?? throw record.Malformed();

    private GridEvent Event(string kind, Turn turn, IReadOnlyList<UnitRun> runs) =>
        new() { Kind = kind, At = turn.Now, Job = Id.Job, Level = Id.Level, Runs = runs };
}
