using System.Buffers;
using GridVolunteer.Coordination.Entities;
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
        var snapshot = new RecordWriter(output);
        snapshot.WriteByte(ShardFields.Version);
        snapshot.WriteByte((byte)((_isClosed ? IsClosedFlag : 0) | (_isEnded ? IsEndedFlag : 0)
            | (_plan is null ? 0 : HasPlanFlag) | (_books is null ? 0 : HasBooksFlag)));
        if (_plan is not null)
        {
            PlanCodec.Write(snapshot, _plan);
        }

        for (var phase = 0; phase < _lastCounts.Length; phase++)
        {
            snapshot.WriteLong(Count((UnitPhase)phase));
        }

        snapshot.WriteLong(_reassigned);
        snapshot.WriteLong(_lastRow);
        OutcomeCodec.Write(snapshot, _canonical, _failures);
        if (_books is not null)
        {
            BooksCodec.Write(snapshot, _books);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The snapshot is malformed, or of a version this code does not
    /// know.</exception>
    public void ReadSnapshot(ReadOnlySpan<byte> snapshot)
    {
        if (snapshot.Length < 2 || snapshot[0] != ShardFields.Version)
        {
            throw new InvalidDataException($"Shard {Id} has a snapshot of {snapshot.Length} bytes, version "
                + $"{(snapshot.Length > 0 ? snapshot[0] : 0)}, which this version does not know.");
        }

        try
        {
            var reader = new RecordReader(snapshot[1..]);
            ReadBody(ref reader);
        }
        catch (Exception fault)
            when (fault is InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            // Rethrown with the name of what could not be read; the host discards the shard.
            throw new InvalidDataException(
                $"The snapshot of shard {Id}, version {snapshot[0]}, is damaged: {fault.Message}", fault);
        }

        _record = new ArrayBufferWriter<byte>();
        if (_books is not null)
        {
            Remember(_books);
        }
    }

    private void ReadBody(ref RecordReader snapshot)
    {
        var flags = snapshot.ReadByte();
        _isClosed = (flags & IsClosedFlag) != 0;
        _isEnded = (flags & IsEndedFlag) != 0;
        _plan = (flags & HasPlanFlag) != 0 ? PlanCodec.Read(ref snapshot, Id) : null;
        _lastCounts = new int[6];
        for (var phase = 0; phase < _lastCounts.Length; phase++)
        {
            _lastCounts[phase] = snapshot.ReadInt();
        }

        _reassigned = snapshot.ReadInt();
        _lastRow = snapshot.ReadInt();
        _canonical = new CanonicalIndex();
        _failures = new FailureBook();
        OutcomeCodec.Read(ref snapshot, _canonical, _failures);
        _books = (flags & HasBooksFlag) != 0
            ? BooksCodec.Read(ref snapshot, _plan ?? throw DoesNotFit())
            : null;
        snapshot.ReadEnd();
    }
}
