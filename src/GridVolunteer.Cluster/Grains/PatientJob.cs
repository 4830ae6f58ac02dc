using GridVolunteer.Cluster.Silos;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cluster.Grains;

/// <summary>A job as its callers see it, wherever it lives or moves to.</summary>
internal sealed class PatientJob(IJobGrain grain, PatientCalls calls, OpeningHints openings) : IJob
{
    /// <inheritdoc/>
    public ValueTask CreateAsync(JobSubmission submission, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, (submission, cancellationToken),
            static (job, a) => job.CreateAsync(a.submission, a.cancellationToken));

    /// <inheritdoc/>
    public ValueTask<JobSnapshot?> SnapshotAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, cancellationToken, static (job, token) => job.SnapshotAsync(token));

    /// <inheritdoc/>
    public ValueTask<ShardPlan?> AdvanceAsync(int openShards, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, (openShards, openings, cancellationToken),
            static (job, a) =>
            {
                a.openings.Sign();
                return job.AdvanceAsync(a.openShards, a.cancellationToken);
            });

    /// <inheritdoc/>
    public ValueTask ShardClosedAsync(ShardSummary summary, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, (summary, cancellationToken),
            static (job, a) => job.ShardClosedAsync(a.summary, a.cancellationToken));

    /// <inheritdoc/>
    public ValueTask<ControlOutcome> ControlAsync(JobControl control, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, (control, cancellationToken),
            static (job, a) => job.ControlAsync(a.control, a.cancellationToken));
}
