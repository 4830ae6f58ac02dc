using GridVolunteer.Peer.Buffering;
using GridVolunteer.Peer.Reporting;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Work;

/// <content>The link's side: reports out, answers in.</content>
internal sealed partial class WorkLedger
{
    private const int UnitsPerRequestMax = 4096;
    private const int JobsToldMax = 64;
    private const int UploadsAtOnceMax = 100;

    private readonly List<(GrantId Grant, FinishedUnit Unit)> _uploads = [];
    private string? _lastRequest;

    /// <summary>Whether the urgent slot is free; told by who runs it.</summary>
    public Func<bool> UrgentSlotFree { get; set; } = static () => false;

    /// <summary>What to say and ask now. Reports in it are out until they are confirmed or put back.</summary>
    public ExchangePlan Plan()
    {
        lock (_gate)
        {
            var now = Now;
            var idle = _buffer.Waiting + _buffer.Running == 0;
            var demand = _buffer.Demand(now);
            var dueIn = _reports.DueIn(now, idle);

            // An exchange that is made anyway takes along what there is.
            var reports = dueIn == 0 || (demand.Seconds > 0 && dueIn is not null) ? _reports.Take() : null;
            var wanted = demand.Seconds > 0 ? WantedOf(demand) : null;
            double?[] reasons = [dueIn, demand.NextIn];
            return new ExchangePlan(reports, wanted, reasons.Min() is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        }
    }

    /// <summary>In how long a report is due, or null when nothing is to be reported.</summary>
    public TimeSpan? ReportDueIn()
    {
        lock (_gate)
        {
            var idle = _buffer.Waiting + _buffer.Running == 0;
            return _reports.DueIn(Now, idle) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        }
    }

    /// <summary>Takes in an answer: acknowledged results leave the disk, grants are held from now on.</summary>
    public void Answered(ExchangePlan plan, WorkAnswer answer)
    {
        HashSet<JobId> jobs = [];
        lock (_gate)
        {
            // Only requests for work carry grants, and only they are in the coordinator's order.
            _lastRequest = plan.Wanted is not null || answer.Grants.Count > 0 ? answer.RequestId : _lastRequest;
            if (plan.Reports is { } reports)
            {
                Settle(reports, answer.Outcomes);
            }

            var units = answer.Grants.Sum(g => g.Runs.Sum(r => (long)r.Count));
            foreach (var grant in answer.Grants)
            {
                if (_buffer.Add(grant, (plan.Wanted?.Seconds ?? 1) / Math.Max(1, units), Now))
                {
                    _spool.AddGrant(grant);
                    jobs.Add(grant.Grant.Shard.Job);
                }
            }

            NoteSpool();
        }

        foreach (var job in jobs)
        {
            JobNeeded?.Invoke(job);
        }

        WorkChanged.Set();
    }

    /// <summary>The reports of a plan were not taken note of.</summary>
    public void PutBack(ExchangePlan plan)
    {
        if (plan.Reports is { } reports)
        {
            lock (_gate)
            {
                _reports.PutBack(reports);
            }
        }
    }

    /// <summary>The coordinator will never take these reports: their units are let go of.</summary>
    public void GiveUpReports(ExchangePlan plan)
    {
        if (plan.Reports is { } reports)
        {
            lock (_gate)
            {
                Settle(reports, []);
            }
        }
    }

    /// <summary>What an answer took, in seconds.</summary>
    public void NoteLatency(double seconds)
    {
        lock (_gate)
        {
            _buffer.Latency.Note(seconds);
        }
    }

    /// <summary>What the next heartbeat says.</summary>
    public Heartbeat BeatOf(string name, HostFacts host)
    {
        lock (_gate)
        {
            return new Heartbeat { Name = name, Host = host, Grants = [.. _buffer.Held], LastRequestId = _lastRequest };
        }
    }

    /// <summary>Grants that are void: their job is over, or the coordinator does not know them. Everything of them goes.</summary>
    public void Void(IReadOnlyCollection<GrantId> grants)
    {
        List<Peer.Buffering.UnitBatch> pointless = [];
        lock (_gate)
        {
            foreach (var grant in grants)
            {
                pointless.AddRange(_buffer.Void(grant));
                Forget(grant);
            }

            NoteSpool();
        }

        pointless.ForEach(b => Pointless?.Invoke(b));
        LinkChanged.Set();
    }

    /// <summary>
    /// The agent leaves: nothing is handed out any more, what is unfinished goes back. Answers what to say last, a report
    /// for each grant.
    /// </summary>
    public IReadOnlyList<GrantReport> Close()
    {
        lock (_gate)
        {
            _closed = true;
            var returned = _buffer.ReturnAll();
            return [.. returned.Select(r => new GrantReport { Grant = r.Grant, Returned = r.Runs })];
        }
    }

    /// <summary>The coordinator has taken back what was unfinished.</summary>
    public void Returned(IReadOnlyList<GrantReport> reports)
    {
        lock (_gate)
        {
            foreach (var report in reports)
            {
                _spool.Drop(report.Grant);
            }
        }
    }

    /// <summary>Results whose blobs are to be uploaded next; the same ones until <see cref="Uploaded"/>.</summary>
    public IReadOnlyList<BlobId> NextUploads()
    {
        lock (_gate)
        {
            return [.. _uploads.Select(u => u.Unit.Blob!.Value).Distinct().Take(UploadsAtOnceMax)];
        }
    }

    /// <summary>The coordinator has these blobs, but for those that failed: their units can be reported.</summary>
    public void Uploaded(IReadOnlyList<BlobId> blobs, IReadOnlyDictionary<BlobId, string> failed)
    {
        var done = blobs.ToHashSet();
        lock (_gate)
        {
            foreach (var (grant, unit) in _uploads.Where(u => done.Contains(u.Unit.Blob!.Value)).ToList())
            {
                var outcome = failed.TryGetValue(unit.Blob!.Value, out var why)
                    ? FinishedUnit.WithFailure(new UnitFailure(unit.Unit, UnitFailureKind.Threw, $"The result was lost: {why}"))
                    : unit;
                _reports.Add(grant, outcome, Now);
            }

            _uploads.RemoveAll(u => done.Contains(u.Unit.Blob!.Value));
        }

        LinkChanged.Set();
    }

    /// <summary>Every unit told of is done with, taken in or not.</summary>
    private void Settle(ReportBatch reports, IReadOnlyList<ReportOutcome> outcomes)
    {
        foreach (var outcome in outcomes.Where(o => o.Refusal is not null))
        {
            LogRefused(outcome.Grant, outcome.Refusal!);
        }

        foreach (var (grant, units) in reports.UnitsByGrant())
        {
            _spool.Acknowledge(grant, [.. units.Select(u => u.Unit)]);
            _buffer.Acknowledge(grant, units.Count);
            foreach (var unit in units)
            {
                if (unit.Blob is { } blob)
                {
                    _blobs.Release(blob);
                }
            }
        }
    }

    private void Forget(GrantId grant)
    {
        var lost = _reports.Remove(grant) + _uploads.RemoveAll(u => u.Grant == grant);
        var units = _spool.Forget(grant);
        _buffer.Acknowledge(grant, lost);
        LogVoid(grant, units);
    }

    private WorkWanted WantedOf(WorkDemand demand) => new()
    {
        Seconds = demand.Seconds,
        ThreadsIdle = demand.ThreadsIdle,
        UnitsMax = UnitsPerRequestMax,
        JobsHeld = [.. _buffer.ReadyJobs.Take(JobsToldMax)],
        UrgentSlotFree = UrgentSlotFree(),
    };
}
