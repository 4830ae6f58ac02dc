using GridVolunteer.Sdk;

namespace GridVolunteer.Agent.Workloads;

/// <summary>
/// Tries a workload out on the author's machine: plans, runs a few units and the merge, all twice on
/// instances that are loaded apart, and compares. What differs here would never reach a quorum on the grid.
/// </summary>
public static class WorkloadTrial
{
    /// <summary>Runs the trial in this process.</summary>
    /// <param name="package">The workload.</param>
    /// <param name="options">What to run.</param>
    /// <param name="workFolder">An existing folder for what is unpacked and written; the caller removes
    /// it.</param>
    /// <param name="time">Measures.</param>
    /// <param name="progress">Told each unit as it is done; may be null.</param>
    /// <param name="cancellationToken">Given on to the workload.</param>
    /// <exception cref="WorkloadException">Parameters, inputs or the plan are wrong.</exception>
    /// <exception cref="WorkloadLoadException">The package cannot be loaded.</exception>
    public static async Task<TrialReport> RunAsync(
        WorkloadPackage package,
        TrialOptions options,
        string workFolder,
        TimeProvider time,
        IProgress<TrialUnit>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(package);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Units, 1);
        ArgumentNullException.ThrowIfNull(time);
        var started = time.GetTimestamp();
        var job = await JobPlanner.PlanAsync(package, options.Parameters, options.Inputs, workFolder, cancellationToken);
        var planSeconds = time.GetElapsedTime(started).TotalSeconds;

        var runs = new TrialRuns(job, options.Seed, workFolder, time);
        var units = new List<TrialUnit>();
        foreach (var unit in Spread(job.Plan.Units, options.Units))
        {
            units.Add(await runs.ComputeTwiceAsync(unit, cancellationToken));
            progress?.Report(units[^1]);
        }

        var report = new TrialReport
        {
            Workload = package.Manifest.Name,
            UnitsPlanned = job.Plan.Units,
            PlanSeconds = planSeconds,
            UnitSecondsEstimate = job.Plan.UnitSecondsEstimate,
            Units = units,
        };
        if (job.Plan.MergeFanIn == 0)
        {
            return report;
        }

        var (output, fault) = await runs.MergeTwiceAsync(cancellationToken);
        return report with { Output = output, MergeFault = fault };
    }

    /// <summary>Indexes spread evenly over the job, the first and the last among them.</summary>
    private static IEnumerable<long> Spread(long units, int wanted)
    {
        var count = Math.Min(units, wanted);
        return count == 1
            ? [0]
            : Enumerable.Range(0, (int)count).Select(i => (long)((Int128)i * (units - 1) / (count - 1)));
    }
}
