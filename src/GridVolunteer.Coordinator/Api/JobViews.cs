using GridVolunteer.Coordination.Brokering;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordinator.Api;

/// <summary>Makes what people see of a job from its snapshot, its open shards, and why it waits.</summary>
/// <param name="grid">Where shards are asked.</param>
/// <param name="agents">The agents that are alive: a job may wait for them.</param>
/// <param name="results">Knows the size of an output.</param>
public sealed class JobViews(IGrid grid, AgentCensus agents, ResultReader results)
{
    /// <summary>The job, or null when there is none.</summary>
    public async Task<JobView?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        await grid.Job(id).SnapshotAsync(cancellationToken) is { } snapshot
            ? await ViewAsync(snapshot, cancellationToken)
            : null;

    /// <summary>The job of a snapshot.</summary>
    public async Task<JobView> ViewAsync(JobSnapshot job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        var open = await StatusesAsync(job, cancellationToken);
        var units = job.Level == 0 ? open : [];
        var submission = job.Submission;
        return new JobView
        {
            JobId = job.Id,
            Name = submission.Name ?? submission.Workload,
            Workload = submission.Workload,
            State = job.State,
            Waiting = WaitingReason.For(
                job, open.Sum(s => (long)s.Running), await agents.AliveAsync(cancellationToken)),
            Priority = submission.Priority,
            Quorum = submission.Quorum,
            SubmittedAt = job.SubmittedAt,
            StartedAt = job.StartedAt,
            EndedAt = job.EndedAt,
            UnitsTotal = submission.Units,
            UnitsValidated = job.UnitsValidated + units.Sum(s => (long)s.Validated),
            UnitsFailed = job.UnitsFailed + units.Sum(s => (long)s.Failed),
            UnitsRunning = units.Sum(s => (long)s.Running),
            UnitsReassigned = job.UnitsReassigned + units.Sum(s => (long)s.Reassigned),
            MergesTotal = job.MergesTotal,
            MergesValidated = job.MergesValidated + (job.Level == 0 ? 0 : open.Sum(s => (long)s.Validated)),
            Package = submission.Package,
            OutputBytes = (await JobOutput.FindAsync(job, results, cancellationToken))?.LengthBytes,
            OutputType = submission.OutputType,
            Failure = job.Failure,
        };
    }

    private async Task<IReadOnlyList<ShardStatus>> StatusesAsync(
        JobSnapshot job, CancellationToken cancellationToken)
    {
        var statuses = new List<ShardStatus>(job.OpenShards.Count);
        foreach (var plan in job.OpenShards)
        {
            var status = await grid.Shard(plan.Shard).StatusAsync(cancellationToken);

            // A shard that closed since is in the snapshot's counters the next time; to count it now would be
            // as right, and counting it in neither would make progress go back.
            statuses.Add(status);
        }

        return statuses;
    }
}
