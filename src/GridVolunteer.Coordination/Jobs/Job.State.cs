using System.Buffers;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Jobs;

/// <content>What changes a job's state: its records, replayed or new, and its snapshots.</content>
public sealed partial class Job
{
    private const byte SnapshotVersion = 1;

    /// <inheritdoc/>
    public DateTimeOffset? NextTick => null;

    /// <summary>True when the job is over and every shard it had opened has said what it holds.</summary>
    public bool IsClosed => _state.IsFinal() && _progress.Open.Count == 0;

    /// <inheritdoc/>
    public void Tick(Turn turn)
    {
        // A job waits for its shards, never for a time.
    }

    /// <summary>
    /// Says again what a crash may have swallowed between this entity's turn and the others': which shards
    /// are to be open or ended, and what the state is. A shard that closed meanwhile answers with its
    /// summary.
    /// </summary>
    public void Recovered(Turn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (_submission is null)
        {
            return;
        }

        TellChange(turn);
        if (_state.IsFinal())
        {
            EndOpenShards(turn);
            return;
        }

        foreach (var number in _progress.Open)
        {
            turn.Notices.Add(new OpenShardNotice(PlanOf(number)));
        }
    }

    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<byte> record)
    {
        var reader = new RecordReader(record);
        var (type, version) = (reader.ReadByte(), reader.ReadByte());
        switch (type, version)
        {
            case (JobRecords.CreatedType, 1):
                _submittedAt = reader.ReadTime();
                Adopt(JobRecords.ReadSubmission(ref reader));
                break;
            case (JobRecords.ShardOpenedType, 1):
                ApplyShardOpened(ref reader);
                break;
            case (JobRecords.ShardClosedType, 1):
                ApplyShardClosed(ref reader);
                break;
            case (JobRecords.LevelBeganType, 1):
                _level = reader.ReadInt();
                _progress.Restore(0, []);
                break;
            case (JobRecords.StateSetType, 1):
                ApplyStateSet(ref reader);
                break;
            default:
                throw new InvalidDataException(
                    $"Job {Id} cannot read a record of type {type}, version {version}.");
        }
    }

    /// <inheritdoc/>
    public void WriteSnapshot(IBufferWriter<byte> output)
    {
        var writer = new RecordWriter(output);
        writer.WriteByte(SnapshotVersion);
        writer.WriteFlag(_submission is not null);
        if (_submission is null)
        {
            return;
        }

        JobRecords.WriteSubmission(writer, _submission);
        writer.WriteByte((byte)_state);
        writer.WriteTime(_submittedAt);
        WriteTime(writer, _startedAt);
        WriteTime(writer, _endedAt);
        writer.WriteLong(_level);
        writer.WriteLong(_unitsValidated);
        writer.WriteLong(_unitsFailed);
        writer.WriteLong(_unitsReassigned);
        writer.WriteLong(_mergesValidated);

        JobRecords.WriteOptional(writer, _firstError);
        JobRecords.WriteOptional(writer, _failure);
        JobRecords.WriteOutput(writer, _output);
        writer.WriteLong(_progress.OpenedCount);
        writer.WriteLong(_progress.Open.Count);
        foreach (var number in _progress.Open)
        {
            writer.WriteLong(number);
        }
    }

    /// <inheritdoc/>
    public void ReadSnapshot(ReadOnlySpan<byte> snapshot)
    {
        var reader = new RecordReader(snapshot);
        var version = reader.ReadByte();
        if (version != SnapshotVersion)
        {
            throw new InvalidDataException($"Job {Id} cannot read a snapshot of version {version}.");
        }

        if (!reader.ReadFlag())
        {
            return;
        }

        Adopt(JobRecords.ReadSubmission(ref reader));
        _state = (JobState)reader.ReadByte();
        _submittedAt = reader.ReadTime();
        _startedAt = ReadTime(ref reader);
        _endedAt = ReadTime(ref reader);
        _level = reader.ReadInt();
        _unitsValidated = reader.ReadLong();
        _unitsFailed = reader.ReadLong();
        _unitsReassigned = reader.ReadLong();
        _mergesValidated = reader.ReadLong();
        _firstError = JobRecords.ReadOptional(ref reader);
        _failure = JobRecords.ReadOptional(ref reader);
        SetOutput(JobRecords.ReadOutput(ref reader));
        var opened = reader.ReadInt();
        var open = new int[reader.ReadInt()];
        for (var i = 0; i < open.Length; i++)
        {
            open[i] = reader.ReadInt();
        }

        _progress.Restore(opened, open);
    }

    private void Record(Turn turn, ReadOnlySpan<byte> record)
    {
        turn.Journal(record);
        Apply(record);
    }

    private void Adopt(JobSubmission submission)
    {
        _submission = submission;
        _geometry = new JobGeometry(submission);
        _state = JobState.Queued;
    }

    private void ApplyShardOpened(ref RecordReader reader)
    {
        var at = reader.ReadTime();
        var (level, number) = (reader.ReadInt(), reader.ReadInt());
        if (level != _level || number != _progress.OpenedCount)
        {
            throw new InvalidDataException($"Job {Id} opened shard {level}.{number} out of turn.");
        }

        _progress.OpenNext();
        _startedAt ??= at;
        _state = _state == JobState.Queued ? JobState.Running : _state;
    }

    private void ApplyShardClosed(ref RecordReader reader)
    {
        var (level, number) = (reader.ReadInt(), reader.ReadInt());
        var (validated, failed, reassigned) = (reader.ReadInt(), reader.ReadInt(), reader.ReadInt());
        var output = JobRecords.ReadOutput(ref reader);
        var error = JobRecords.ReadOptional(ref reader);
        _progress.Close(number);
        if (level == 0)
        {
            _unitsValidated += validated;
            _unitsFailed += failed;
            _unitsReassigned += reassigned;
            _firstError ??= error;
            return;
        }

        _mergesValidated += validated;

        // A merge that failed ends the job, so its error is worth more than that of some work unit before.
        _firstError = failed > 0 ? error : _firstError;
        if (level == _geometry!.LastLevel && !_state.IsFinal())
        {
            SetOutput(output);
        }
    }

    private void ApplyStateSet(ref RecordReader reader)
    {
        var at = reader.ReadTime();
        _state = (JobState)reader.ReadByte();
        _failure = JobRecords.ReadOptional(ref reader);
        _endedAt = _state.IsFinal() ? at : null;
    }

    private void SetOutput(CanonicalRun? output)
    {
        _output = output;
        _outputShard = output is null ? null : new ShardId(Id, _geometry!.LastLevel, 0);
    }

    private static void WriteTime(RecordWriter writer, DateTimeOffset? time)
    {
        writer.WriteFlag(time is not null);
        if (time is { } at)
        {
            writer.WriteTime(at);
        }
    }

    private static DateTimeOffset? ReadTime(ref RecordReader reader) =>
        reader.ReadFlag() ? reader.ReadTime() : null;
}
