namespace GridVolunteer.Groups.CommitReveal;

/// <summary>How long a round waits.</summary>
public sealed record CommitRevealOptions
{
    /// <summary>The defaults.</summary>
    public static CommitRevealOptions Default { get; } = new();

    /// <summary>
    /// How long a member waits for the CLOSE after it was told to expect one (<see
    /// cref="CommitRevealRound.ExpectClose"/>). Default 2 s; above 0. Longer tolerates slow links; shorter
    /// sends results on their other way sooner.
    /// </summary>
    public TimeSpan ClosePatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long after the CLOSE a listed member may reveal. Default 2 s; above 0. Clocks differ, so near the
    /// limit one member may see a result that another calls void; whoever issues copies decides.
    /// </summary>
    public TimeSpan RevealPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Every fault of these options, in words; empty when there is none.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (ClosePatience <= TimeSpan.Zero)
        {
            faults.Add("ClosePatience must be above 0.");
        }

        if (RevealPatience <= TimeSpan.Zero)
        {
            faults.Add("RevealPatience must be above 0.");
        }

        return faults;
    }
}
