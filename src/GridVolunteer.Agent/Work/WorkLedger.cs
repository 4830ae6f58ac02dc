using GridVolunteer.Agent.Results;
using GridVolunteer.Peer.Buffering;
using GridVolunteer.Peer.Reporting;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Agent.Work;

/// <summary>
/// Everything the agent holds, under one lock: what waits and runs (<see cref="WorkBuffer"/>), what is to be reported
/// (<see cref="ReportBatcher"/>), and both on disk (<see cref="WorkSpool"/>). Workers take units from it and tell it what
/// became of them; the link takes reports from it and brings answers. A result is on its way to the disk before it is
/// reported, and leaves the disk when the coordinator has acknowledged it.
/// </summary>
internal sealed partial class WorkLedger : IDisposable
{
    private readonly Lock _gate = new();
    private readonly WorkBuffer _buffer;
    private readonly ReportBatcher _reports = new(new ReportPolicy());
    private readonly WorkSpool _spool;
    private readonly CheckpointStore _checkpoints;
    private readonly ResultBlobs _blobs;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly long _started;
    private string? _spoolTrouble;
    private bool _closed;

    public WorkLedger(
        BufferPolicy policy, WorkSpool spool, CheckpointStore checkpoints, ResultBlobs blobs, TimeProvider time, ILogger log)
    {
        _buffer = new WorkBuffer(policy);
        _spool = spool;
        _checkpoints = checkpoints;
        _blobs = blobs;
        _time = time;
        _log = log;
        _started = time.GetTimestamp();
        Restore();
    }

    /// <summary>Says that workers may find something to do.</summary>
    public AsyncSignal WorkChanged { get; } = new();

    /// <summary>Says that the link may have something to say or ask.</summary>
    public AsyncSignal LinkChanged { get; } = new();

    /// <summary>Says that results wait to be uploaded.</summary>
    public AsyncSignal UploadsChanged { get; } = new();

    /// <summary>Told of batches that run for nothing: whoever computes them should stop.</summary>
    public Action<UnitBatch>? Pointless { get; set; }

    /// <summary>Told of jobs whose units have come.</summary>
    public Action<JobId>? JobNeeded { get; set; }

    /// <summary>Jobs of which something is held.</summary>
    public IReadOnlySet<JobId> JobsHeld
    {
        get
        {
            lock (_gate)
            {
                return _buffer.Held.Select(g => g.Shard.Job).ToHashSet();
            }
        }
    }

    /// <summary>Work units computed or failed since the start, and those that wait or run now.</summary>
    public WorkCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return new WorkCounts(_computed, _failed, _buffer.Waiting, _buffer.Running, _buffer.Unacknowledged);
            }
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_started);

    /// <inheritdoc/>
    public void Dispose() => _spool.Dispose();

    /// <summary>Goes on where an earlier agent ended: its finished units are reported, its others are computed.</summary>
    private void Restore()
    {
        var blobs = new HashSet<BlobId>();
        foreach (var grant in _spool.Grants.ToList())
        {
            if (!_buffer.Add(grant.Offer, grant.Offer.DeadlineSeconds / grant.Count, Now))
            {
                _spool.Drop(grant.Offer.Grant);
                continue;
            }

            foreach (var unit in grant.Acknowledged)
            {
                _buffer.FinishWaiting(grant.Offer.Grant, unit);
            }

            _buffer.Acknowledge(grant.Offer.Grant, grant.Acknowledged.Count);
            foreach (var unit in grant.Finished.Values)
            {
                _buffer.FinishWaiting(grant.Offer.Grant, unit.Unit);
                Queue(grant.Offer.Grant, unit);
                if (unit.Blob is { } blob)
                {
                    blobs.Add(blob);
                }
            }

            if (grant.Dropped)
            {
                _buffer.Void(grant.Offer.Grant);
            }
        }

        _blobs.DeleteAllBut(blobs);
        _checkpoints.DeleteAllBut((job, _) => _spool.Grants.Any(g => g.Offer.Grant.Shard.Job == job && !g.Dropped));
        if (_spool.Grants.Count > 0)
        {
            LogRestored(_buffer.Waiting, _buffer.Unacknowledged);
        }
    }

    /// <summary>A finished unit goes to the reports, or first to the uploads.</summary>
    private void Queue(GrantId grant, in FinishedUnit unit)
    {
        if (unit.Blob is not null)
        {
            _uploads.Add((grant, unit));
        }
        else
        {
            _reports.Add(grant, unit, Now);
        }
    }

    private void NoteSpool()
    {
        if (_spool.Trouble != _spoolTrouble)
        {
            _spoolTrouble = _spool.Trouble;
            if (_spoolTrouble is not null)
            {
                LogSpoolTrouble(_spoolTrouble);
            }
        }
    }
}
