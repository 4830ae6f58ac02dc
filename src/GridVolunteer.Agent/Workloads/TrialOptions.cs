namespace GridVolunteer.Agent.Workloads;

/// <summary>What a trial runs.</summary>
public sealed record TrialOptions
{
    /// <summary>Parameters by name, as a command line gives them. Default none.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Input files by name. Default none.</summary>
    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    /// <summary>How many units to run, spread over the job; at least 1. Default 4.</summary>
    public int Units { get; init; } = 4;

    /// <summary>The job's seed. Default 0.</summary>
    public long Seed { get; init; }
}
