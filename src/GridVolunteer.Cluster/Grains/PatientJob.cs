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
            grain, submission,
            static (job, submission, token) => job.CreateAsync(submission, token),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<JobSnapshot?> SnapshotAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, 0, static (job, _, token) => job.SnapshotAsync(token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShardPlan?> AdvanceAsync(int openShards, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, (openShards, openings),
            static (job, a, token) =>
            {
                a.openings.Sign();
                return job.AdvanceAsync(a.openShards, token);
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask ShardClosedAsync(ShardSummary summary, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, summary,
            static (job, summary, token) => job.ShardClosedAsync(summary, token),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ControlOutcome> ControlAsync(JobControl control, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, control,
            static (job, control, token) => job.ControlAsync(control, token),
            cancellationToken);
}
