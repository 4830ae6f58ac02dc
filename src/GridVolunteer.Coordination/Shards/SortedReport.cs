using System.Buffers;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Shards;

/// <summary>
/// What a report does, ready to be journalled: segments of units with equal fate, failures, and the row of
/// those results that may become canonical.
/// </summary>
internal sealed class SortedReport
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
    public bool ChangesNothing { get; set; }

    /// <summary>Failures that count, by unit.</summary>
    public IReadOnlyList<ReportFailure> Failures => _failures;

    /// <summary>Begins the next report.</summary>
    public void Clear()
    {
        _segments.Clear();
        _digests.Clear();
        _failures.Clear();
        (Accepted, Ignored, StoredCount) = (0, 0, 0);
    }

    /// <summary>Adds the next units' fate; a result that is stored gets the next place in the row.</summary>
    public void Add(LocalRun units, ResultFate fate, int group = 0, int agreeing = 0)
    {
        var segment = new ReportSegment(units, fate, group, agreeing, StoredCount);
        Ignored += fate == ResultFate.Ignored ? units.Count : 0;
        Accepted += fate == ResultFate.Ignored ? 0 : units.Count;
        StoredCount += segment.IsStored ? units.Count : 0;
        if (_segments.Count > 0 && _segments[^1].Continues(segment))
        {
            var before = _segments[^1].Units;
            _segments[^1] =
                _segments[^1] with { Units = new LocalRun(before.Start, before.Count + units.Count) };
        }
        else
        {
            _segments.Add(segment);
        }
    }

    /// <summary>Adds the digest of the unit added last, which waits for others.</summary>
    public void Add(Digest digest) => _digests.Add(digest);

    /// <summary>Adds a failure.</summary>
    public void Add(ReportFailure failure) => _failures.Add(failure);

    /// <summary>Puts the failures in the order of their units.</summary>
    public void SortFailures() => _failures.Sort((a, b) => a.Unit.CompareTo(b.Unit));

    /// <summary>
    /// The row of the results that are stored: the report's own bytes when it is all of them.
    /// </summary>
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
    public void Write(RecordWriter record, ReportCheck check, ReadOnlySpan<byte> results, bool isNumeric)
    {
        var (end, entry, digest) = (0, 0, 0);
        record.WriteLong(_segments.Count);
        foreach (var segment in _segments)
        {
            record.WriteRun(segment.Units, ref end);
            record.WriteByte((byte)segment.Fate);
            switch (segment.Fate)
            {
                case ResultFate.Valid:
                    record.WriteLong(segment.Ordinal);
                    break;
                case ResultFate.Opens:
                    record.WriteLong(segment.Agreeing);
                    record.WriteLong(segment.Ordinal);
                    for (var i = 0; i < segment.Units.Count; i++)
                    {
                        record.WriteDigest(_digests[digest++]);
                        if (isNumeric)
                        {
                            record.WriteBytes(Payload(results[check.Entry(entry + i)]).Bytes);
                        }
                    }

                    break;
                case ResultFate.Joins:
                    record.WriteLong(segment.Group);
                    record.WriteLong(segment.Agreeing);
                    break;
                case ResultFate.Agrees:
                    record.WriteLong(segment.Group);
                    break;
            }

            entry += segment.Units.Count;
        }

        WriteFailures(record);
    }

    /// <summary>The result in an entry that was checked before.</summary>
    public static PackedResult Payload(ReadOnlySpan<byte> entry)
    {
        var reader = new PackedResultsReader(entry);
        _ = reader.TryRead(out var result);
        return result;
    }

    private void WriteFailures(RecordWriter record)
    {
        record.WriteLong(_failures.Count);
        var end = 0;
        foreach (var failure in _failures)
        {
            record.WriteRun(new LocalRun(failure.Unit, 1), ref end);
            record.WriteByte((byte)failure.Kind);
            record.WriteText(failure.Message);
            record.WriteLong(failure.BackOffMs);
            record.WriteFlag(failure.IsFinal);
        }
    }
}
