using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>A job in this process.</summary>
internal sealed class EmbeddedJob(HostDirectory<JobId, Job> hosts, JobId id) : IJob
{
    public async ValueTask CreateAsync(JobSubmission submission, CancellationToken cancellationToken) =>
        await hosts.AskAsync(id, submission, static (job, submission, turn) =>
        {
            job.Create(submission, turn);
            return true;
        }, cancellationToken);

    public ValueTask<JobSnapshot?> SnapshotAsync(CancellationToken cancellationToken) =>
        hosts.AskAsync(id, 0, static (job, _, _) => job.Snapshot(), cancellationToken);

    public ValueTask<ShardPlan?> AdvanceAsync(int openShards, CancellationToken cancellationToken) =>
        hosts.AskAsync(
            id, openShards, static (job, open, turn) => job.Advance(open, turn), cancellationToken);

    public async ValueTask ShardClosedAsync(ShardSummary summary, CancellationToken cancellationToken) =>
        await hosts.AskAsync(id, summary, static (job, summary, turn) =>
        {
            job.ShardClosed(summary, turn);
            return true;
        }, cancellationToken);

    public ValueTask<ControlOutcome> ControlAsync(JobControl control, CancellationToken cancellationToken) =>
        hosts.AskAsync(
            id, control, static (job, control, turn) => job.Control(control, turn), cancellationToken);
}
