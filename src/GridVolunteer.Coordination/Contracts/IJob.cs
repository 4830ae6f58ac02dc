using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Contracts;

/// <summary>A job, wherever it lives. Durable before each answer; calls may be repeated safely.</summary>
public interface IJob
{
    /// <summary>Creates the job; a second call with the same request changes nothing.</summary>
    ValueTask CreateAsync(JobSubmission submission, CancellationToken cancellationToken);

    /// <summary>The job as the brokers need it, or null when there is none.</summary>
    ValueTask<JobSnapshot?> SnapshotAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Opens the next shard of the level at work, and answers its plan, or null when none is left, or the job
    /// is paused or over. <paramref name="openShards"/> is how many the caller believes open in this level:
    /// the job opens one only if it knows no more than that, so that two brokers do not open two.
    /// </summary>
    ValueTask<ShardPlan?> AdvanceAsync(int openShards, CancellationToken cancellationToken);

    /// <summary>A shard is decided: counts it, and starts the next level or ends the job.</summary>
    ValueTask ShardClosedAsync(ShardSummary summary, CancellationToken cancellationToken);

    /// <summary>Pauses, resumes or cancels.</summary>
    ValueTask<ControlOutcome> ControlAsync(JobControl control, CancellationToken cancellationToken);
}
