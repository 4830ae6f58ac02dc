namespace GridVolunteer.Sdk.Hosting;

/// <summary>
/// A workload as hosts see it: everything is bytes. Authors derive from <c>Workload&lt;TParameters, TUnit,
/// TResult&gt;</c> and never implement this. One instance serves one job in one process; calls do not overlap
/// unless the host has more than one slot, so implementations keep no mutable state.
/// </summary>
public interface IWorkload
{
    /// <summary>What the workload is, and which parameters and inputs it takes.</summary>
    WorkloadInfo Info { get; }

    /// <summary>
    /// Checks parameters and inputs and splits the job into units. Runs on the submitter's machine.
    /// </summary>
    /// <exception cref="WorkloadException">The parameters or inputs are wrong; the message says which and
    /// what to do.</exception>
    ValueTask<WorkloadPlan> PlanAsync(PlanContext context, CancellationToken cancellationToken);

    /// <summary>Computes one unit. Runs in a worker process on an agent.</summary>
    ValueTask<byte[]> ComputeAsync(ComputeContext context, CancellationToken cancellationToken);

    /// <summary>Merges results in order into one. Runs in a worker process on an agent.</summary>
    ValueTask<byte[]> MergeAsync(MergeContext context, CancellationToken cancellationToken);
}
