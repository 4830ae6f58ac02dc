using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>A job behind its mailbox.</summary>
/// <param name="mailbox">The mailbox.</param>
public sealed class HostedJob(IMailbox<Job> mailbox) : IJob
{
    /// <inheritdoc/>
    public async ValueTask CreateAsync(JobSubmission submission, CancellationToken cancellationToken) =>
        await mailbox.AskAsync(submission, static (job, submission, turn) =>
        {
            job.Create(submission, turn);
            return true;
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<JobSnapshot?> SnapshotAsync(CancellationToken cancellationToken) =>
        mailbox.AskAsync(0, static (job, _, _) => job.Snapshot(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShardPlan?> AdvanceAsync(int openShards, CancellationToken cancellationToken) =>
        mailbox.AskAsync(
            openShards, static (job, open, turn) => job.Advance(open, turn), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ShardClosedAsync(ShardSummary summary, CancellationToken cancellationToken) =>
        await mailbox.AskAsync(summary, static (job, summary, turn) =>
        {
            job.ShardClosed(summary, turn);
            return true;
        }, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ControlOutcome> ControlAsync(JobControl control, CancellationToken cancellationToken) =>
        mailbox.AskAsync(
            control, static (job, control, turn) => job.Control(control, turn), cancellationToken);
}
