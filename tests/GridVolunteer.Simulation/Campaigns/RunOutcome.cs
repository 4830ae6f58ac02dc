namespace GridVolunteer.Simulation.Campaigns;

/// <summary>How a run went.</summary>
/// <param name="Violations">What did not hold; empty when all did.</param>
/// <param name="TraceHash">What happened, as one number.</param>
/// <param name="Counts">What was tried, and how often: crashes, partitions, messages.</param>
public sealed record RunOutcome(
    IReadOnlyList<string> Violations,
    ulong TraceHash,
    IReadOnlyDictionary<string, long> Counts);
