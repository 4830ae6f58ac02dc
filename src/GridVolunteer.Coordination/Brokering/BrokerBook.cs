using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>
/// What a broker knows, from hints at most about a second old, and where it therefore sends a volunteer that
/// asks for work: to the job whose fair share is due among those it can run, or one it holds the data of that
/// is not far ahead; in it to the shard of its own that has something to give. Hints may be wrong: whoever is
/// sent may find nothing, says so with <see cref="NothingAt"/>, and asks again. One caller at a time.
/// </summary>
/// <remarks>
/// A choice is charged to its job's share when it is made and settled by <see cref="Served"/> or
/// <see cref="NothingAt"/>, so that many requests at once spread over the jobs. One that is never settled
/// stays charged, which costs that job one turn.
/// </remarks>
/// <param name="isNear">Whether a shard lives where the broker does, and so costs least to ask. A broker to which
/// none of a job's shards with work is near has the job open one.</param>
public sealed class BrokerBook(Func<ShardId, bool> isNear)
{
    /// <summary>How many of the jobs that an agent says it holds are read.</summary>
    public const int JobsHeldMax = 64;

    /// <summary>How old a hint may become before <see cref="Stale"/> names it.</summary>
    public static readonly TimeSpan HintAgeMax = TimeSpan.FromSeconds(1);

    private readonly Dictionary<JobId, JobHint> _hints = [];
    private readonly List<JobHint> _order = [];
    private readonly FairShare _shares = new();
    private readonly WorkloadMemory _workloads = new();
    private readonly Askers _askers = new();

    /// <summary>A book to which every shard is near.</summary>
    public BrokerBook()
        : this(static _ => true)
    {
    }

    /// <summary>The jobs known.</summary>
    public IReadOnlyCollection<JobId> Jobs => _hints.Keys;

    /// <summary>
    /// Takes a job's snapshot; one that is over is forgotten. True when there is something to give that was
    /// not before.
    /// </summary>
    public bool Note(JobSnapshot snapshot, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _workloads.Note(snapshot.Id, snapshot.Submission);
        if (snapshot.State.IsFinal())
        {
            Forget(snapshot.Id);
            return false;
        }

        if (!_hints.TryGetValue(snapshot.Id, out var hint))
        {
            hint = new JobHint(_shares.Join(snapshot.Id, snapshot.Submission.Priority), snapshot);
            _hints.Add(snapshot.Id, hint);
            _order.Add(hint);
        }

        hint.Note(snapshot, now);
        return Settle(hint);
    }

    /// <summary>
    /// Takes a shard's status. True when its job has something to give that had not before.
    /// </summary>
    public bool NoteStatus(ShardStatus status, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(status);
        if (!_hints.TryGetValue(status.Shard.Job, out var hint))
        {
            return false;
        }

        hint.Note(status, now);
        return Settle(hint);
    }

    /// <summary>
    /// Takes what a job answered when it was asked to open a shard: the plan, or null when it would not. True
    /// when the job has something to give that had not before.
    /// </summary>
    public bool NoteAdvance(JobId job, ShardPlan? plan)
    {
        if (!_hints.TryGetValue(job, out var hint))
        {
            return false;
        }

        hint.NoteAdvance(plan);
        return Settle(hint);
    }

    /// <summary>The job is over, or there is none.</summary>
    public void Forget(JobId job)
    {
        if (_hints.Remove(job, out var hint))
        {
            _order.Remove(hint);
            _shares.Leave(hint.Share);
        }
    }

    /// <summary>
    /// Where to look for work for a volunteer, or null when no job that it can run has any. Follow it with
    /// exactly one of <see cref="Served"/> and <see cref="NothingAt"/>; when a shard was opened
    /// (<see cref="NoteAdvance"/>), the former after asking that shard.
    /// </summary>
    public Choice? Choose(
        VolunteerBrief brief, WorkWanted wanted, PeerId peer, BrokerSkips skips, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(brief);
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(skips);
        if (brief.Host is null)
        {
            return null;
        }

        _askers.Note(peer, brief.Host.Threads, now);
        while (Due(brief.Host, wanted, skips) is { } hint)
        {
            if (hint.TryPick(peer, skips, now, isNear, out var shard))
            {
                var job = hint.Snapshot;
                var expected = _workloads.Expected(brief.Estimates, job.Id, job.Level, job.Submission);
                var share = ShareOfRest.Of(hint.Rest, brief.Host.Threads, _askers.Threads);
                var units = BatchSize.Of(
                    wanted.Seconds, wanted.ThreadsIdle, expected, Math.Min(wanted.UnitsMax, share));
                var choice = new Choice(job.Id, shard, hint.OpenShards, units, expected);
                _shares.Charge(hint.Share, choice.Seconds);
                return choice;
            }

            skips.AddJob(hint.Share.Job);
        }

        return null;
    }

    /// <summary>
    /// There was nothing: the choice is taken back, and not made again within this request.
    /// </summary>
    public void NothingAt(Choice choice, BrokerSkips skips)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(skips);
        Served(choice, 0);
        if (choice.Shard is { } shard)
        {
            skips.AddShard(shard);
        }
        else
        {
            skips.AddAdvance(choice.Job);
        }
    }

    /// <summary>The choice led to a grant of <paramref name="units"/> units.</summary>
    public void Served(Choice choice, int units)
    {
        ArgumentNullException.ThrowIfNull(choice);
        if (_hints.TryGetValue(choice.Job, out var hint))
        {
            _shares.Charge(hint.Share, (units - choice.UnitsMax) * choice.Expected.TotalSeconds);
        }
    }

    /// <summary>
    /// Hints that are older than a second, to be asked for anew and given to <see cref="Note"/> and
    /// <see cref="NoteStatus"/>. Each is named once a second at most.
    /// </summary>
    public IReadOnlyList<StaleHint> Stale(DateTimeOffset now)
    {
        var before = now - HintAgeMax;
        var stale = new List<StaleHint>();
        foreach (var hint in _order)
        {
            if (hint.AskedAt <= before)
            {
                hint.AskedAt = now;
                stale.Add(new StaleHint(hint.Share.Job, null));
            }

            foreach (var shard in hint.Snapshot.State.HandsOut() ? hint.Shards : [])
            {
                if (shard.AskedAt <= before)
                {
                    shard.AskedAt = now;
                    stale.Add(new StaleHint(hint.Share.Job, shard.Id));
                }
            }
        }

        return stale;
    }

    /// <summary>
    /// What a volunteer will take for a unit of a job, by estimate; null when the job is not known.
    /// </summary>
    public TimeSpan? Expected(EstimateBook estimates, JobId job, int level)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        return _hints.TryGetValue(job, out var hint)
            ? _workloads.Expected(estimates, job, level, hint.Snapshot.Submission)
            : null;
    }

    private JobHint? Due(HostFacts host, WorkWanted wanted, BrokerSkips skips)
    {
        JobHint? due = null;
        JobHint? next = null;
        foreach (var hint in _order)
        {
            if (!CanServe(hint, host, skips))
            {
                continue;
            }

            if (due is null || FairShare.Precedes(hint.Share, due.Share))
            {
                (due, next) = (hint, due);
            }
            else if (next is null || FairShare.Precedes(hint.Share, next.Share))
            {
                next = hint;
            }
        }

        if (due is null)
        {
            return null;
        }

        if (next is not null)
        {
            _shares.Forgive(due.Share, next.Share);
        }

        return Held(due, host, wanted, skips) ?? due;
    }

    private JobHint? Held(JobHint due, HostFacts host, WorkWanted wanted, BrokerSkips skips)
    {
        JobHint? held = null;
        for (var i = 0; i < Math.Min(wanted.JobsHeld.Count, JobsHeldMax); i++)
        {
            if (_hints.TryGetValue(wanted.JobsHeld[i], out var hint) && CanServe(hint, host, skips)
                && LocalityRule.Prefers(hint.Share, due.Share, wanted)
                && (held is null || FairShare.Precedes(hint.Share, held.Share)))
            {
                held = hint;
            }
        }

        return held;
    }

    private bool Settle(JobHint hint)
    {
        var isNews = hint.HasWork && !hint.Share.IsAwake;
        if (hint.HasWork)
        {
            _shares.Wake(hint.Share);
        }
        else
        {
            _shares.Rest(hint.Share);
        }

        return isNews;
    }

    private static bool CanServe(JobHint hint, HostFacts host, BrokerSkips skips) =>
        hint.HasWork && !skips.HasJob(hint.Share.Job)
        && NeedsMatch.Meets(host, hint.Snapshot.Submission.Needs);
}
