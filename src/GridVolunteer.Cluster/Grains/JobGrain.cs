using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using Orleans.Concurrency;
using Orleans.Placement;

namespace GridVolunteer.Cluster.Grains;

/// <summary>
/// A job. It lives anywhere: Orleans by itself would let it live where it was submitted, and whoever submits many
/// keeps to one silo.
/// </summary>
[Reentrant]
[RandomPlacement]
internal sealed class JobGrain : EntityGrain<Job>, IJobGrain
{
    private readonly HostedJob _job;
    private readonly JobId _id;

    /// <summary>The job of the grain's key.</summary>
    public JobGrain(IGrainContext context, SiloEngine silo)
        : this(JobId.Parse(context.GrainId.Key.ToString()!), silo)
    {
    }

    private JobGrain(JobId id, SiloEngine silo)
        : base(EntityKey.Of(id), () => new Job(id), silo)
    {
        _id = id;
        _job = new HostedJob(Host);
    }

    /// <inheritdoc/>
    public ValueTask CreateAsync(JobSubmission submission, CancellationToken cancellationToken) =>
        _job.CreateAsync(submission, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<JobSnapshot?> SnapshotAsync(CancellationToken cancellationToken) =>
        _job.SnapshotAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ShardPlan?> AdvanceAsync(int openShards, CancellationToken cancellationToken)
    {
        Silo.Openings.NoteAsker(_id);
        return _job.AdvanceAsync(openShards, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask ShardClosedAsync(ShardSummary summary, CancellationToken cancellationToken) =>
        _job.ShardClosedAsync(summary, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ControlOutcome> ControlAsync(JobControl control, CancellationToken cancellationToken) =>
        _job.ControlAsync(control, cancellationToken);
}
