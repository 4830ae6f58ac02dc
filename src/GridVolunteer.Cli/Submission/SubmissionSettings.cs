namespace GridVolunteer.Cli.Submission;

/// <summary>What a submitter may say about a job besides parameters and inputs.</summary>
public sealed record SubmissionSettings
{
    /// <summary>What people call the job; the workload's name by default.</summary>
    public string? Name { get; init; }

    /// <summary>Agreeing results that make a unit valid, 1 to 5.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>The job's share relative to others, 1 to 1,000.</summary>
    public int Priority { get; init; } = 100;

    /// <summary>Start of the units' random numbers.</summary>
    public long Seed { get; init; }
}
