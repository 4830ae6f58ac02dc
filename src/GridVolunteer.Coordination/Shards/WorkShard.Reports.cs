using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards.Grants;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Coordination.Validation;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Shards;

/// <content>A report: checked as a whole, sorted into fates, journalled as one record with at most one row of results.</content>
public sealed partial class WorkShard
{
    private readonly ReportCheck _check = new();
    private readonly ReportSorter _sorter = new();

    private ReportOutcome Take(PeerId volunteer, GrantReport report, Turn turn)
    {
        if (report.Grant.Shard != Id)
        {
            return new ReportOutcome(report.Grant, 0, 0, $"Grant {report.Grant} is not of shard {Id}.");
        }

        if (IsClosed)
        {
            return new ReportOutcome(report.Grant, 0, ReportCheck.UnitsIn(report.Runs));
        }

        if (_books is not { } books)
        {
            return new ReportOutcome(report.Grant, 0, 0, $"Shard {Id} is not open.");
        }

        var holder = books.Holders.Find(volunteer);
        if (_check.Refuse(report, books, Id, holder) is { } refusal)
        {
            return new ReportOutcome(report.Grant, 0, 0, refusal);
        }

        _sorter.Sort(report, _check, books, holder!);
        if (_sorter.ChangesNothing)
        {
            return new ReportOutcome(report.Grant, 0, _sorter.Ignored);
        }

        DecideReported(report, holder!, turn);
        TellReported(holder!, turn);
        return new ReportOutcome(report.Grant, _sorter.Accepted, _sorter.Ignored);
    }

    private void DecideReported(GrantReport report, Holder holder, Turn turn)
    {
        var row = _sorter.StoredCount > 0 ? _lastRow + 1 : 0;
        if (row > 0)
        {
            turn.Rows.Add(_sorter.Row(row, report, _check, Id.FirstUnit));
        }

        var record = BeginRecord(RecordType.Reported, turn);
        record.Number(holder.Index);
        record.Number(report.Grant.Sequence);
        record.Number((long)Math.Clamp(report.ComputeSeconds * 1e6, 0, 1e15));
        record.Number(row);
        _sorter.Write(record, _check, report.Results.Span, _books!.IsNumeric);
        record.Runs(_check.Returned);
        Commit(turn);
    }

    private void ApplyReported(ref ShardRecordReader record)
    {
        var books = Books(ref record);
        var at = record.Number();
        var holder = books.Holders[record.Small()];
        var grant = books.Grants.Find(record.Number());
        books.ComputeSeconds += record.Number() / 1e6;
        var row = record.Small();
        _lastRow = Math.Max(_lastRow, row);
        var end = 0;
        for (var left = record.Small(); left > 0; left--)
        {
            var units = record.Run(ref end);
            Resolve(grant, units);
            books.ComputedUnits += units.Count;
            ApplyResults(ref record, units, row, holder);
        }

        end = 0;
        for (var left = record.Small(); left > 0; left--)
        {
            var unit = record.Run(ref end).Start;
            Resolve(grant, new LocalRun(unit, 1));
            ApplyFailure(ref record, unit, holder, at);
        }

        foreach (var returned in record.Runs())
        {
            Resolve(grant, returned);
        }

        record.End();
        if (grant is not null)
        {
            books.Grants.Settle(grant);
        }
    }

    private void Resolve(Grant? grant, LocalRun units)
    {
        if (grant is not null)
        {
            _books!.Grants.Resolve(grant, units);
        }
    }

    private void ApplyResults(ref ShardRecordReader record, LocalRun units, int row, Holder holder)
    {
        var books = _books!;
        switch ((ResultFate)record.Byte())
        {
            case ResultFate.Ignored:
                break;
            case ResultFate.Valid:
                _canonical.Add(new CanonicalEntry(units, new ResultPlace(row, record.Small())));
                Validate(units, holder);
                break;
            case ResultFate.Opens:
                var (agreeing, ordinal) = (record.Small(), record.Small());
                for (var i = 0; i < units.Count; i++)
                {
                    var digest = record.Digest();
                    var bytes = books.IsNumeric ? record.Bytes().ToArray() : null;
                    books.Pending.Open(units.Start + i, digest, new ResultPlace(row, ordinal + i), holder.Index, bytes);
                }

                books.States.SetAgreeing(units.Start, units.Count, agreeing);
                break;
            case ResultFate.Joins:
                var (joined, together) = (record.Small(), record.Small());
                for (var unit = units.Start; unit < units.End; unit++)
                {
                    books.Pending.Join(unit, joined, holder.Index);
                }

                books.States.SetAgreeing(units.Start, units.Count, together);
                break;
            case ResultFate.Agrees:
                AcceptEarlier(units, record.Small());
                Validate(units, holder);
                break;
            default:
                throw record.Malformed();
        }
    }

    private void AcceptEarlier(LocalRun units, int group)
    {
        var pending = _books!.Pending;
        var entry = new CanonicalEntry(new LocalRun(units.Start, 1), pending.Place(units.Start, group));
        for (var unit = units.Start + 1; unit < units.End; unit++)
        {
            var next = new CanonicalEntry(new LocalRun(unit, 1), pending.Place(unit, group));
            if (entry.IsFollowedBy(next))
            {
                entry = entry.With(1);
            }
            else
            {
                _canonical.Add(entry);
                entry = next;
            }
        }

        _canonical.Add(entry);
    }

    private void Validate(LocalRun units, Holder holder)
    {
        Forget(units);
        _books!.States.Change(units.Start, units.Count, UnitChange.Validate);
        _reassigned += _books.Losses.Decide(units, holder, _effects.Reassigned);
        _effects.Validated.Append(units.Start, units.Count);
    }

    private void ApplyFailure(ref ShardRecordReader record, int unit, Holder holder, long at)
    {
        var books = _books!;
        var kind = (UnitFailureKind)record.Byte();
        var message = record.Text();
        var backOff = record.Number();
        var isFinal = record.Byte() != 0;
        _failures.Add(new KeptFailure(unit, holder.Peer, kind, message));
        if (isFinal)
        {
            Forget(new LocalRun(unit, 1));
            books.States.Change(unit, 1, UnitChange.Fail);
            books.Losses.Decide(new LocalRun(unit, 1), null, _effects.Reassigned);
            _failures.Finish(unit, message);
            return;
        }

        var detail = books.Details.For(unit);
        detail.FailedOn.Add(holder.Index);
        detail.RetryAtMs = at + backOff;
        NoteRetry(detail.RetryAtMs);
    }

    // The units are about to be decided: what was kept of their results and failures goes.
    private void Forget(LocalRun units)
    {
        var books = _books!;
        for (var unit = units.Start; books.Plan.Quorum > 1 && unit < units.End; unit++)
        {
            books.Pending.Forget(unit);
        }

        books.Details.Forget(units.Start, units.Count);
    }
}
