using GridVolunteer.Agent.Jobs;
using GridVolunteer.Peer.Reporting;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Work;

/// <content>The jobs' side: which ones can be computed here.</content>
internal sealed partial class WorkLedger : IJobEvents
{
    /// <inheritdoc/>
    public void Ready(JobId job)
    {
        lock (_gate)
        {
            _buffer.Ready(job);
        }

        WorkChanged.Set();
    }

    /// <inheritdoc/>
    public void Gone(JobId job)
    {
        lock (_gate)
        {
            _buffer.Unready(job);
        }
    }

    /// <inheritdoc/>
    public void Changed(JobId job)
    {
        List<GrantId> grants;
        lock (_gate)
        {
            grants = [.. _buffer.Held.Where(g => g.Shard.Job == job)];
        }

        LogJobChanged(job);
        Void(grants);
    }

    /// <inheritdoc/>
    public void CannotCompute(JobId job, UnitFailureKind kind, string message)
    {
        lock (_gate)
        {
            foreach (var (grant, units) in _buffer.FailWaiting(job))
            {
                var failed = units.ConvertAll(u => FinishedUnit.WithFailure(new UnitFailure(u, kind, message)));
                _failed += failed.Count;
                _spool.AddFinished(grant, failed);
                failed.ForEach(u => Queue(grant, u));
            }

            NoteSpool();
        }

        LinkChanged.Set();
    }
}
