namespace GridVolunteer.Agent.Workloads;

/// <summary>How one unit of a trial went.</summary>
/// <param name="Unit">The unit's index.</param>
/// <param name="Seconds">What the second, warmed-up run took.</param>
/// <param name="ResultSizeBytes">Bytes of its result; 0 when it failed.</param>
/// <param name="Fault">Why it failed or how its two results differ; null when all is well.</param>
public sealed record TrialUnit(long Unit, double Seconds, long ResultSizeBytes, string? Fault);
