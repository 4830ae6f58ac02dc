using System.Globalization;
using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Jobs;

/// <summary>
/// One run of a workload: which level is at work, which of its shards are open, what came of the closed ones,
/// and how it ends. Level 0 holds the work units, level k the merges over level k - 1; a level begins when
/// the one below is entirely decided, failed units being holes. Every command may be repeated without harm.
/// </summary>
public sealed partial class Job(JobId id) : IEntity
{
    /// <summary>
    /// Shards of one job that may be open at once; bounds what a job keeps in memory, at 8 Mi units in
    /// flight. No further shard opens before one of them is decided.
    /// </summary>
    public const int OpenShardsMax = 128;

    private const int FailureLengthMax = 2000;

    private readonly LevelProgress _progress = new();
    private JobSubmission? _submission;
    private JobGeometry? _geometry;
    private JobState _state;
    private DateTimeOffset _submittedAt;
    private DateTimeOffset? _startedAt;
    private DateTimeOffset? _endedAt;
    private int _level;
    private long _unitsValidated;
    private long _unitsFailed;
    private long _unitsReassigned;
    private long _mergesValidated;
    private string? _firstError;
    private string? _failure;
    private CanonicalRun? _output;
    private ShardId? _outputShard;

    /// <summary>The job.</summary>
    public JobId Id { get; } = id;

    /// <summary>Creates the job; when it exists already, changes nothing.</summary>
    public void Create(JobSubmission submission, Turn turn)
    {
        ArgumentNullException.ThrowIfNull(submission);
        ArgumentNullException.ThrowIfNull(turn);
        if (_submission is null)
        {
            Record(turn, JobRecords.Created(turn.Now, submission));
            TellState(turn);
        }
    }

    /// <summary>The job as brokers and the API need it, or null before it was created.</summary>
    public JobSnapshot? Snapshot() => _submission is null || _geometry is null ? null : new JobSnapshot
    {
        Id = Id,
        Submission = _submission,
        State = _state,
        SubmittedAt = _submittedAt,
        StartedAt = _startedAt,
        EndedAt = _endedAt,
        Level = _level,
        OpenShards = [.. _progress.Open.Select(PlanOf)],
        ShardsUnopened = _geometry.ShardsAtLevel(_level) - _progress.OpenedCount,
        UnitsValidated = _unitsValidated,
        UnitsFailed = _unitsFailed,
        UnitsReassigned = _unitsReassigned,
        MergesTotal = _geometry.MergesTotal,
        MergesValidated = _mergesValidated,
        Output = _output,
        OutputShard = _outputShard,
        Failure = _failure,
    };

    /// <summary>
    /// Opens the next shard of the level at work. Null when none is left, the job is paused or over, as many
    /// as may be are open, or more are open than the <paramref name="openShards"/> the caller knows of: then
    /// it asked on old knowledge.
    /// </summary>
    public ShardPlan? Advance(int openShards, Turn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        var open = _progress.Open.Count;
        if (_geometry is null || !_state.HandsOut() || open > openShards || open >= OpenShardsMax
            || _progress.OpenedCount == _geometry.ShardsAtLevel(_level))
        {
            return null;
        }

        var plan = PlanOf(_progress.OpenedCount);
        var before = _state;
        Record(turn, JobRecords.ShardOpened(turn.Now, plan.Shard));
        turn.Notices.Add(new OpenShardNotice(plan));
        if (_state != before)
        {
            TellState(turn);
        }

        return plan;
    }

    /// <summary>
    /// A shard is decided, or was ended with its job: counts it once, then goes on to the next level or ends
    /// the job. One that is over still counts.
    /// </summary>
    public void ShardClosed(ShardSummary summary, Turn turn)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentOutOfRangeException.ThrowIfNotEqual(summary.Shard.Job, Id);
        if (_geometry is null || summary.Shard.Level != _level || !_progress.IsOpen(summary.Shard.Number))
        {
            return;
        }

        Record(turn, JobRecords.ShardClosed(summary));
        if (_state.IsFinal())
        {
            if (IsClosed)
            {
                TellChange(turn);
            }

            return;
        }

        if (_level > 0 && summary.Failed > 0)
        {
            var error = _firstError ?? "no reason given";
            Finish(JobState.Failed, $"A merge of level {_level} failed for good: {error}", turn);
        }
        else if (_progress.Open.Count == 0 && _progress.OpenedCount == _geometry.ShardsAtLevel(_level))
        {
            LevelDecided(turn);
        }
    }

    /// <summary>
    /// Pauses, resumes or cancels. Asking for what is so already is no fault; a job that is over stays over.
    /// </summary>
    public ControlOutcome Control(JobControl control, Turn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (_submission is null)
        {
            return new ControlOutcome(ControlOutcomeKind.NotFound, default);
        }

        var wanted = control switch
        {
            JobControl.Pause => JobState.Paused,
            JobControl.Resume when _state != JobState.Paused => _state,
            JobControl.Resume => _startedAt is null ? JobState.Queued : JobState.Running,
            JobControl.Cancel => JobState.Cancelled,
            _ => throw new ArgumentOutOfRangeException(nameof(control), control, "not a control"),
        };
        if (_state.IsFinal() && (_state != wanted || control != JobControl.Cancel))
        {
            return new ControlOutcome(ControlOutcomeKind.Refused, _state);
        }

        if (wanted == JobState.Cancelled && _state != wanted)
        {
            Finish(wanted, null, turn);
        }
        else if (_state != wanted)
        {
            Record(turn, JobRecords.StateSet(turn.Now, wanted, null));
            TellState(turn);
        }

        return new ControlOutcome(ControlOutcomeKind.Done, _state);
    }

    private void LevelDecided(Turn turn)
    {
        if (_level == 0 && _unitsValidated == 0)
        {
            var error = _firstError ?? "none given";
            Finish(JobState.Failed, $"Every work unit failed; the first error: {error}", turn);
        }
        else if (_level == _geometry!.LastLevel)
        {
            Finish(_unitsFailed > 0 ? JobState.CompletedWithFailures : JobState.Completed, null, turn);
        }
        else
        {
            Record(turn, JobRecords.LevelBegan(_level + 1));

            // No new state, but the brokers should look at once: the new level's shards are theirs to open.
            TellChange(turn);
        }
    }

    private void Finish(JobState state, string? failure, Turn turn)
    {
        var reason = failure?[..Math.Min(failure.Length, FailureLengthMax)];
        Record(turn, JobRecords.StateSet(turn.Now, state, reason));
        EndOpenShards(turn);
        TellState(turn);
    }

    private void EndOpenShards(Turn turn)
    {
        foreach (var number in _progress.Open)
        {
            turn.Notices.Add(new EndShardNotice(new ShardId(Id, _level, number)));
        }
    }

    private void TellChange(Turn turn) => turn.Notices.Add(new JobChangedNotice(Id, _state, IsClosed));

    private void TellState(Turn turn)
    {
        TellChange(turn);
        turn.Events.Add(new GridEvent
        {
            Kind = "job",
            At = turn.Now,
            Job = Id,
            Level = _level,
            State = _state.Word(),
        });
    }

    private ShardPlan PlanOf(int number) => new()
    {
        Shard = new ShardId(Id, _level, number),
        UnitCount = _geometry!.UnitsInShard(_level, number),
        Quorum = _submission!.Quorum,
        Agreement = _submission.Agreement,
        UnitTimeLimit = TimeSpan.FromSeconds(_submission.UnitTimeLimitSeconds),
        IsLastLevel = _level > 0 && _level == _geometry.LastLevel,
    };
}
