using System.Buffers;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Coordination.Validation;

namespace GridVolunteer.Coordination.Shards;

/// <content>The whole state as bytes; equal states give equal bytes.</content>
public sealed partial class WorkShard
{
    private const int IsClosedFlag = 1;
    private const int IsEndedFlag = 2;
    private const int HasPlanFlag = 4;
    private const int HasBooksFlag = 8;

    /// <inheritdoc/>
    public void WriteSnapshot(IBufferWriter<byte> output)
    {
        var snapshot = new ShardRecordWriter(output);
        snapshot.Byte(ShardRecordWriter.Version);
        snapshot.Byte((byte)((_isClosed ? IsClosedFlag : 0) | (_isEnded ? IsEndedFlag : 0)
            | (_plan is null ? 0 : HasPlanFlag) | (_books is null ? 0 : HasBooksFlag)));
        if (_plan is not null)
        {
            PlanCodec.Write(snapshot, _plan);
        }

        for (var phase = 0; phase < _lastCounts.Length; phase++)
        {
            snapshot.Number(Count((UnitPhase)phase));
        }

        snapshot.Number(_reassigned);
        snapshot.Number(_lastRow);
        OutcomeCodec.Write(snapshot, _canonical, _failures);
        if (_books is not null)
        {
            BooksCodec.Write(snapshot, _books);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The snapshot is malformed, or of a version this code does not know.</exception>
    public void ReadSnapshot(ReadOnlySpan<byte> snapshot)
    {
        if (snapshot.Length < 2 || snapshot[0] != ShardRecordWriter.Version)
        {
            throw new InvalidDataException($"Shard {Id} has a snapshot of {snapshot.Length} bytes, version "
                + $"{(snapshot.Length > 0 ? snapshot[0] : 0)}, which this version does not know.");
        }

        var reader = new ShardRecordReader(snapshot[1..], $"snapshot, version {snapshot[0]}, of shard {Id}");
        var flags = reader.Byte();
        _isClosed = (flags & IsClosedFlag) != 0;
        _isEnded = (flags & IsEndedFlag) != 0;
        _plan = (flags & HasPlanFlag) != 0 ? PlanCodec.Read(ref reader, Id) : null;
        _lastCounts = new int[6];
        for (var phase = 0; phase < _lastCounts.Length; phase++)
        {
            _lastCounts[phase] = reader.Small();
        }

        _reassigned = reader.Small();
        _lastRow = reader.Small();
        _canonical = new CanonicalIndex();
        _failures = new FailureBook();
        OutcomeCodec.Read(ref reader, _canonical, _failures);
        _books = (flags & HasBooksFlag) != 0 ? BooksCodec.Read(ref reader, _plan ?? throw reader.Malformed()) : null;
        reader.End();
        _record = new ArrayBufferWriter<byte>();
        if (_books is not null)
        {
            Remember(_books);
        }
    }
}
