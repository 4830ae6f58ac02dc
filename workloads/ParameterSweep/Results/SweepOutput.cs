namespace GridVolunteer.Workloads.ParameterSweep.Results;

/// <summary>The job's output: the table of runs.</summary>
/// <param name="Dimensions">The dimensions, the last of which varies fastest.</param>
/// <param name="Combinations">Runs of the whole sweep.</param>
/// <param name="Runs">Runs by index; those that failed for good are absent.</param>
/// <param name="RunsOmitted">Runs that had no room in this table; they are in the job's results.</param>
public sealed record SweepOutput(
    IReadOnlyList<DimensionOutput> Dimensions, long Combinations, IReadOnlyList<Run> Runs, long RunsOmitted);
