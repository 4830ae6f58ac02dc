namespace GridVolunteer.Agent.Workloads;

/// <summary>How a trial of a workload went.</summary>
public sealed record TrialReport
{
    /// <summary>The workload's name.</summary>
    public required string Workload { get; init; }

    /// <summary>Units the whole job has.</summary>
    public required long UnitsPlanned { get; init; }

    /// <summary>Seconds that planning took.</summary>
    public required double PlanSeconds { get; init; }

    /// <summary>Seconds a unit should take as the plan has it.</summary>
    public required double UnitSecondsEstimate { get; init; }

    /// <summary>The units run, by index.</summary>
    public required IReadOnlyList<TrialUnit> Units { get; init; }

    /// <summary>
    /// Why the merge failed or how its two outcomes differ; null when all is well or the job does not merge.
    /// </summary>
    public string? MergeFault { get; init; }

    /// <summary>
    /// What merging the units that were run gave, all others being holes; empty when there was no merge.
    /// </summary>
    public ReadOnlyMemory<byte> Output { get; init; }

    /// <summary>Whether everything ran and agreed.</summary>
    public bool Passed => MergeFault is null && Units.All(u => u.Fault is null);

    /// <summary>Average seconds of the units that ran; 0 when none did.</summary>
    public double UnitSeconds => Units.Where(u => u.ResultSizeBytes > 0).Select(u => u.Seconds).DefaultIfEmpty(0).Average();
}
