using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Peer.Buffering;

/// <summary>
/// The work an agent holds: granted units that wait, that run, and that are finished but not acknowledged. It
/// decides what a free worker runs next, and when to ask for how much more so that a slow link never idles
/// one. Invariant: every unit of every grant is in exactly one of waiting, running, unacknowledged and gone.
/// Times are monotonic. One caller at a time.
/// </summary>
public sealed partial class WorkBuffer(BufferPolicy policy)
{
    private const int PacesMax = 256;

    private readonly Dictionary<GrantId, HeldGrant> _grants = [];
    private readonly List<HeldGrant> _arrivals = [];
    private readonly Dictionary<int, RunningBatch> _running = [];
    private readonly Dictionary<(JobId Job, bool Merges), UnitPace> _paces = [];
    private readonly HashSet<JobId> _ready = [];
    private int _lastBatch;

    /// <summary>The delay of the link, which the low water covers.</summary>
    public LatencyEstimate Latency { get; } = new();

    /// <summary>
    /// Grants the agent still works on or has unacknowledged results of; void ones left out.
    /// </summary>
    public IEnumerable<GrantId> Held => _arrivals.Where(g => !g.IsVoid).Select(g => g.Id);

    /// <summary>Jobs whose files lie on this machine.</summary>
    public IReadOnlyCollection<JobId> ReadyJobs => _ready;

    /// <summary>Units that wait, of jobs whose files are here or not.</summary>
    public int Waiting => _arrivals.Sum(g => g.Waiting);

    /// <summary>Units that run.</summary>
    public int Running => _arrivals.Sum(g => g.Running);

    /// <summary>Units that are finished but not acknowledged.</summary>
    public int Unacknowledged => _arrivals.Sum(g => g.Unacknowledged);

    /// <summary>
    /// Takes in a grant. False when it is held already (a repeated answer) or makes no sense.
    /// <paramref name="unitSecondsGuess"/> stands in until a unit of its kind is measured.
    /// </summary>
    public bool Add(GrantOffer offer, double unitSecondsGuess, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(offer);
        if (_grants.ContainsKey(offer.Grant) || GrantUnits.Read(offer) is not { } units)
        {
            return false;
        }

        var held = new HeldGrant(offer, units, now);
        _grants.Add(offer.Grant, held);
        _arrivals.Add(held);
        ForgetOldPaces();
        _paces.TryAdd(KindOf(offer.Grant), new UnitPace(unitSecondsGuess));
        return true;
    }

    /// <summary>A job's files are here: its units may run.</summary>
    public void Ready(JobId job) => _ready.Add(job);

    /// <summary>A job's files are no longer here.</summary>
    public void Unready(JobId job) => _ready.Remove(job);

    /// <summary>
    /// What a free worker runs next, or null when nothing fits: urgent units first; else the oldest, though a
    /// worker stays with <paramref name="warm"/>, the job it has loaded, as long as others do not wait much
    /// longer.
    /// </summary>
    public UnitBatch? Take(JobId? warm, bool urgentOnly, TimeSpan now)
    {
        var grant = Choose(warm, urgentOnly);
        if (grant is null)
        {
            return null;
        }

        var pace = _paces[KindOf(grant.Id)];
        var range = grant.Take(BatchUnits(grant, pace));
        grant.Running += range.Count;
        var batch = new UnitBatch
        {
            Id = ++_lastBatch,
            Grant = grant.Id,
            Runs = grant.Units.Runs(range.Start, range.Count),
            Inputs = grant.Units.Inputs(range.Start, range.Count),
            Count = range.Count,
            Position = range.Start,
            Urgent = grant.Urgent,
            UnitSeconds = pace.Seconds,
        };
        _running.Add(batch.Id, new RunningBatch(batch, grant, now));
        return batch;
    }

    /// <summary>
    /// The next <paramref name="units"/> units of a batch are finished, well or not, and wait to be
    /// acknowledged;
    /// <paramref name="seconds"/> is what they took, or null when that says nothing about the job (a worker
    /// died). False when the batch is not running any more: its results are nobody's.
    /// </summary>
    public bool Finish(int batch, int units, double? seconds, TimeSpan now)
    {
        if (!_running.TryGetValue(batch, out var running) || units > running.Left)
        {
            return false;
        }

        running.Done += units;
        running.LastAt = now;
        running.Grant.Running -= units;
        running.Grant.Unacknowledged += units;
        if (seconds is { } measured && units > 0)
        {
            _paces[KindOf(running.Batch.Grant)].Note(measured / units);
        }

        Settle(running);
        return true;
    }

    /// <summary>
    /// The worker gives up the rest of a batch: those units wait again, first of all; one by one if they are
    /// <paramref name="suspect"/> of having ended it.
    /// </summary>
    public void GiveUp(int batch, bool suspect = false)
    {
        if (_running.Remove(batch, out var running))
        {
            running.Grant.Running -= running.Left;
            running.Grant.PutBack(
                new PositionRange(running.Batch.Position + running.Done, running.Left, suspect));
            Forget(running.Grant);
        }
    }

    /// <summary>
    /// Cuts a batch after its first <paramref name="units"/> units before it starts, and answers what is left
    /// of it; the others wait again.
    /// </summary>
    public UnitBatch Cut(UnitBatch batch, int units, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        var running = _running[batch.Id];
        var grant = running.Grant;
        var left = batch.Count - units;
        if (left <= 0)
        {
            return batch;
        }

        grant.Running -= left;
        grant.PutBack(new PositionRange(batch.Position + units, left, Suspect: false));
        var cut = batch with
        {
            Count = units,
            Runs = grant.Units.Runs(batch.Position, units),
            Inputs = grant.Units.Inputs(batch.Position, units),
        };
        _running[batch.Id] = new RunningBatch(cut, grant, now);
        return cut;
    }

    /// <summary>
    /// A unit of a grant is finished already, as the disk says after a restart. False when it did not wait.
    /// </summary>
    public bool FinishWaiting(GrantId grant, long unit)
    {
        if (!_grants.TryGetValue(grant, out var held) || !held.TryTakeUnit(unit))
        {
            return false;
        }

        held.Unacknowledged++;
        return true;
    }

    /// <summary>The coordinator has taken note of finished units of a grant.</summary>
    public void Acknowledge(GrantId grant, int units)
    {
        if (_grants.TryGetValue(grant, out var held))
        {
            held.Unacknowledged = Math.Max(0, held.Unacknowledged - units);
            Forget(held);
        }
    }

    /// <summary>
    /// The coordinator has no use for a grant's unfinished units: those that wait are dropped. Answers the
    /// batches that run for nothing; finished units stay, they may still count.
    /// </summary>
    public IReadOnlyList<UnitBatch> Void(GrantId grant)
    {
        if (!_grants.TryGetValue(grant, out var held))
        {
            return [];
        }

        held.Void();
        Forget(held);
        return [.. _running.Values.Where(r => r.Grant == held).Select(r => r.Batch)];
    }

    /// <summary>Whether a grant that still has something running or unacknowledged is void.</summary>
    public bool IsVoid(GrantId grant) => _grants.TryGetValue(grant, out var held) && held.IsVoid;

    /// <summary>
    /// None of a job's units can be computed here: those that wait are finished that way. Answers them, by
    /// grant.
    /// </summary>
    public IReadOnlyList<(GrantId Grant, List<long> Units)> FailWaiting(JobId job)
    {
        var failed = new List<(GrantId, List<long>)>();
        foreach (var grant in _arrivals.Where(g => g.Id.Shard.Job == job && g.Waiting > 0))
        {
            var units = grant.DropWaiting().SelectMany(UnitRuns.UnitsOf).ToList();
            grant.Unacknowledged += units.Count;
            failed.Add((grant.Id, units));
        }

        return failed;
    }

    /// <summary>
    /// The agent leaves: everything unfinished, by grant, is to be handed back; nothing runs or waits any
    /// more.
    /// </summary>
    public IReadOnlyList<(GrantId Grant, IReadOnlyList<UnitRun> Runs)> ReturnAll()
    {
        foreach (var batch in _running.Keys.ToArray())
        {
            GiveUp(batch);
        }

        var returned = new List<(GrantId, IReadOnlyList<UnitRun>)>();
        foreach (var grant in _arrivals.Where(g => g.Waiting > 0).ToArray())
        {
            var runs = grant.DropWaiting();
            returned.Add((grant.Id, UnitRuns.Joined(runs)));
            Forget(grant);
        }

        return returned;
    }

    private double PaceOf(HeldGrant grant) => _paces[KindOf(grant.Id)].Seconds;

    private static (JobId Job, bool Merges) KindOf(GrantId grant) => (grant.Shard.Job, grant.Shard.Level > 0);

    private void ForgetOldPaces()
    {
        if (_paces.Count >= PacesMax)
        {
            var held = _arrivals.Select(g => KindOf(g.Id)).ToHashSet();
            foreach (var kind in _paces.Keys.Where(k => !held.Contains(k)).ToArray())
            {
                _paces.Remove(kind);
            }
        }
    }

    private void Settle(RunningBatch running)
    {
        if (running.Left == 0)
        {
            _running.Remove(running.Batch.Id);
        }
    }

    private void Forget(HeldGrant grant)
    {
        if (grant.IsDone && _grants.Remove(grant.Id))
        {
            _arrivals.Remove(grant);
        }
    }
}
