using System.Buffers;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards.Grants;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Coordination.Validation;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Shards;

/// <summary>
/// Decides what a checked report does to each of its units, as segments of equal fate, and which of its results are
/// stored: only those that may become canonical. It changes nothing.
/// </summary>
internal sealed class ReportSorter
{
    private readonly List<ReportSegment> _segments = [];
    private readonly List<Digest> _digests = [];
    private readonly List<ReportFailure> _failures = [];

    /// <summary>Results that count, at once or when others agree.</summary>
    public int Accepted { get; private set; }

    /// <summary>Results that nobody needed.</summary>
    public int Ignored { get; private set; }

    /// <summary>Results whose bytes are stored.</summary>
    public int StoredCount { get; private set; }

    /// <summary>True when the report says only what is known: nothing needs to be journalled.</summary>
    public bool ChangesNothing { get; private set; }

    /// <summary>Failures that count, by unit.</summary>
    public IReadOnlyList<ReportFailure> Failures => _failures;

    /// <summary>Sorts a report.</summary>
    public void Sort(GrantReport report, ReportCheck check, ShardBooks books, Holder holder)
    {
        _segments.Clear();
        _digests.Clear();
        _failures.Clear();
        (Accepted, Ignored, StoredCount) = (0, 0, 0);
        var entry = 0;
        foreach (var run in check.Runs)
        {
            if (books.Plan.Quorum == 1)
            {
                SortSingle(run, books.States);
            }
            else
            {
                for (var unit = run.Start; unit < run.End; unit++)
                {
                    SortReplica(unit, report.Results.Span[check.Entry(entry++)], books, holder);
                }
            }
        }

        foreach (var failure in report.Failures)
        {
            SortFailure(failure, check, books, holder);
        }

        _failures.Sort((a, b) => a.Unit.CompareTo(b.Unit));
        ChangesNothing = Accepted == 0 && _failures.Count == 0 && !Resolves(check);
    }

    /// <summary>The row of the results that are stored: the report's own bytes when it is all of them.</summary>
    public ResultRow Row(int sequence, GrantReport report, ReportCheck check, long firstUnit)
    {
        if (StoredCount == check.EntryCount)
        {
            return new ResultRow(sequence, report.Runs, report.Results);
        }

        var packed = new ArrayBufferWriter<byte>();
        var runs = new List<LocalRun>();
        var entry = 0;
        foreach (var segment in _segments)
        {
            if (segment.IsStored)
            {
                packed.Write(report.Results.Span[check.Entries(entry, segment.Units.Count)]);
                runs.Append(segment.Units.Start, segment.Units.Count);
            }

            entry += segment.Units.Count;
        }

        return new ResultRow(sequence, runs.ToLevel(firstUnit), packed.WrittenMemory);
    }

    /// <summary>Writes segments and failures into a record.</summary>
    public void Write(ShardRecordWriter record, ReportCheck check, ReadOnlySpan<byte> results, bool isNumeric)
    {
        var (end, entry, digest) = (0, 0, 0);
        record.Number(_segments.Count);
        foreach (var segment in _segments)
        {
            record.Run(segment.Units, ref end);
            record.Byte((byte)segment.Fate);
            switch (segment.Fate)
            {
                case ResultFate.Valid:
                    record.Number(segment.Ordinal);
                    break;
                case ResultFate.Opens:
                    record.Number(segment.Agreeing);
                    record.Number(segment.Ordinal);
                    for (var i = 0; i < segment.Units.Count; i++)
                    {
                        record.Digest(_digests[digest++]);
                        if (isNumeric)
                        {
                            record.Bytes(Payload(results[check.Entry(entry + i)]).Bytes);
                        }
                    }

                    break;
                case ResultFate.Joins:
                    record.Number(segment.Group);
                    record.Number(segment.Agreeing);
                    break;
                case ResultFate.Agrees:
                    record.Number(segment.Group);
                    break;
            }

            entry += segment.Units.Count;
        }

        WriteFailures(record);
    }

    private void WriteFailures(ShardRecordWriter record)
    {
        record.Number(_failures.Count);
        var end = 0;
        foreach (var failure in _failures)
        {
            record.Run(new LocalRun(failure.Unit, 1), ref end);
            record.Byte((byte)failure.Kind);
            record.Text(failure.Message);
            record.Number(failure.BackOffMs);
            record.Byte(failure.IsFinal ? (byte)1 : (byte)0);
        }
    }

    private void SortSingle(LocalRun run, UnitStates states)
    {
        var start = run.Start;
        for (int same; start < run.End; start += same)
        {
            same = states.SameFrom(start, run.End - start);
            var fate = UnitCode.IsIssued(states[start]) ? ResultFate.Valid : ResultFate.Ignored;
            Add(new ReportSegment(new LocalRun(start, same), fate, 0, 0, StoredCount));
        }
    }

    private void SortReplica(int unit, ReadOnlySpan<byte> entry, ShardBooks books, Holder holder)
    {
        var units = new LocalRun(unit, 1);
        if (!UnitCode.IsIssued(books.States[unit]) || books.Pending.HasResultOf(unit, holder.Index))
        {
            Add(new ReportSegment(units, ResultFate.Ignored, 0, 0, 0));
            return;
        }

        if (books.IsNumeric)
        {
            var payload = Payload(entry);
            if (NumericAgreement.Refuse(payload) is var (kind, message))
            {
                Add(new ReportSegment(units, ResultFate.Ignored, 0, 0, 0));
                AddFailure(unit, kind, message, books, holder);
                return;
            }

            SortVote(units, NumericVote.Cast(books.Pending.Groups(unit), Digest.Of(entry), payload.Bytes, books.Plan), Digest.Of(entry), books, holder);
            return;
        }

        var digest = Digest.Of(entry);
        SortVote(units, ExactVote.Cast(books.Pending, unit, digest, UnitCode.Agreeing(books.States[unit]), books.Plan), digest, books, holder);
    }

    private void SortVote(LocalRun units, Vote vote, Digest digest, ShardBooks books, Holder holder)
    {
        if (vote.Fate is ResultFate.Opens or ResultFate.Joins && IsHopeless(units.Start, books, holder))
        {
            Add(new ReportSegment(units, ResultFate.Ignored, 0, 0, 0));
            _failures.Add(new ReportFailure(
                units.Start, UnitFailureKind.NoAgreement, NoAgreement(books.Plan), 0, IsFinal: true));
            return;
        }

        if (vote.Fate == ResultFate.Opens)
        {
            _digests.Add(digest);
        }

        Add(new ReportSegment(units, vote.Fate, vote.Group, vote.Agreeing, StoredCount));
    }

    private static string NoAgreement(ShardPlan plan) =>
        $"No {plan.Quorum} results agree, after {RetryRules.VolunteersMax(plan)} volunteers.";

    // Whether, with this volunteer's result not agreeing, so many have tried that no more are asked.
    private static bool IsHopeless(int unit, ShardBooks books, Holder holder) =>
        Tried(unit, books, holder) >= RetryRules.VolunteersMax(books.Plan);

    private static int Tried(int unit, ShardBooks books, Holder holder)
    {
        if (books.Details.Find(unit) is not { } detail)
        {
            return 1;
        }

        var tried = new HashSet<int>(detail.FailedOn) { holder.Index };
        foreach (var group in books.Pending.Groups(unit))
        {
            tried.UnionWith(group.Holders);
        }

        return tried.Count;
    }

    private void SortFailure(UnitFailure failure, ReportCheck check, ShardBooks books, Holder holder)
    {
        // A failure is heard of a copy that is out; said again, or of a decided unit, it is old news.
        var unit = check.ToLocal(failure.Unit);
        var isOut = check.Grant is { } grant && (grant.Live.Contains(unit) || grant.Lost.Contains(unit));
        if (isOut && UnitCode.IsIssued(books.States[unit]))
        {
            AddFailure(unit, failure.Kind, failure.Message ?? "", books, holder);
        }
    }

    private void AddFailure(int unit, UnitFailureKind kind, string message, ShardBooks books, Holder holder)
    {
        var failedOn = books.Details.Find(unit)?.FailedOn ?? [];
        var attempts = failedOn.Count + 1;
        var volunteers = failedOn.Append(holder.Index).Distinct().Count();
        var isFinal = volunteers >= books.Plan.FailuresMax
            || attempts >= RetryRules.AttemptsMax
            || IsHopeless(unit, books, holder);
        var backOff = (long)RetryRules.BackOff(attempts).TotalMilliseconds;
        _failures.Add(new ReportFailure(unit, kind, RetryRules.Cut(message), backOff, isFinal));
    }

    private bool Resolves(ReportCheck check) => check.Grant is { } grant
        && (check.Runs.Exists(r => IsOut(grant, r)) || check.Returned.Exists(r => IsOut(grant, r)));

    private static bool IsOut(Grant grant, LocalRun run) =>
        grant.Live.Intersects(run.Start, run.Count) || grant.Lost.Intersects(run.Start, run.Count);

    private void Add(ReportSegment segment)
    {
        if (segment.Fate == ResultFate.Ignored)
        {
            Ignored += segment.Units.Count;
        }
        else
        {
            Accepted += segment.Units.Count;
        }

        if (segment.IsStored)
        {
            StoredCount += segment.Units.Count;
        }

        if (_segments.Count > 0 && _segments[^1].Continues(segment))
        {
            var last = _segments[^1];
            _segments[^1] = last with { Units = new LocalRun(last.Units.Start, last.Units.Count + segment.Units.Count) };
        }
        else
        {
            _segments.Add(segment);
        }
    }

    private static PackedResult Payload(ReadOnlySpan<byte> entry)
    {
        var reader = new PackedResultsReader(entry);
        _ = reader.TryRead(out var result);
        return result;
    }
}
