using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards.Grants;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Coordination.Validation;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Shards;

/// <content>A report: checked as a whole, sorted into fates, journalled as one record with at most one row of
/// results.</content>
public sealed partial class WorkShard
{
    private readonly ReportCheck _check = new();
    private readonly SortedReport _sorted = new();

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

        new ReportSorter(_sorted, books, holder!).Sort(report, _check);
        if (_sorted.ChangesNothing)
        {
            return new ReportOutcome(report.Grant, 0, _sorted.Ignored);
        }

        DecideReported(report, holder!, turn);
        TellReported(holder!, turn);
        return new ReportOutcome(report.Grant, _sorted.Accepted, _sorted.Ignored);
    }

    private void DecideReported(GrantReport report, Holder holder, Turn turn)
    {
        var row = _sorted.StoredCount > 0 ? _lastRow + 1 : 0;
        if (row > 0)
        {
            turn.Rows.Add(_sorted.Row(row, report, _check, Id.FirstUnit));
        }

        var record = BeginRecord(RecordType.Reported, turn);
        record.WriteLong(holder.Index);
        record.WriteLong(report.Grant.Sequence);
        record.WriteLong((long)Math.Clamp(report.ComputeSeconds * 1e6, 0, 1e15));
        record.WriteLong(row);
        _sorted.Write(record, _check, report.Results.Span, _books!.IsNumeric);
        record.WriteRuns(_check.Returned);
        Commit(turn);
    }

    private void ApplyReported(ref RecordReader record)
    {
        var books = OpenBooks();
        var at = record.ReadLong();
        var holder = books.Holders[record.ReadInt()];
        var grant = books.Grants.Find(record.ReadLong());
        books.ComputeSeconds += record.ReadLong() / 1e6;
        var row = record.ReadInt();
        _lastRow = Math.Max(_lastRow, row);
        var end = 0;
        for (var left = record.ReadInt(); left > 0; left--)
        {
            var units = record.ReadRun(ref end);
            Resolve(grant, units);
            books.ComputedUnits += units.Count;
            ApplyResults(ref record, units, row, holder);
        }

        end = 0;
        for (var left = record.ReadInt(); left > 0; left--)
        {
            var unit = record.ReadRun(ref end).Start;
            Resolve(grant, new LocalRun(unit, 1));
            ApplyFailure(ref record, unit, holder, at);
        }

        foreach (var returned in record.ReadRuns())
        {
            Resolve(grant, returned);
        }

        record.ReadEnd();
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

    private void ApplyResults(ref RecordReader record, LocalRun units, int row, Holder holder)
    {
        var books = _books!;
        switch ((ResultFate)record.ReadByte())
        {
            case ResultFate.Ignored:
                break;
            case ResultFate.Valid:
                _canonical.Add(new CanonicalEntry(units, new ResultPlace(row, record.ReadInt())));
                Validate(units, holder);
                break;
            case ResultFate.Opens:
                var (agreeing, ordinal) = (record.ReadInt(), record.ReadInt());
                for (var i = 0; i < units.Count; i++)
                {
                    var digest = record.ReadDigest();
                    var bytes = books.IsNumeric ? record.ReadBytes().ToArray() : null;
                    books.Pending.Open(
                        units.Start + i, digest, new ResultPlace(row, ordinal + i), holder.Index, bytes);
                }

                books.States.SetAgreeing(units.Start, units.Count, agreeing);
                break;
            case ResultFate.Joins:
                var (joined, together) = (record.ReadInt(), record.ReadInt());
                for (var unit = units.Start; unit < units.End; unit++)
                {
                    books.Pending.Join(unit, joined, holder.Index);
                }

                books.States.SetAgreeing(units.Start, units.Count, together);
                break;
            case ResultFate.Agrees:
                AcceptEarlier(units, record.ReadInt());
                Validate(units, holder);
                break;
            default:
                throw DoesNotFit();
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

    private void ApplyFailure(ref RecordReader record, int unit, Holder holder, long at)
    {
        var books = _books!;
        var kind = (UnitFailureKind)record.ReadByte();
        var message = record.ReadText();
        var backOff = record.ReadLong();
        var isFinal = record.ReadFlag();
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
