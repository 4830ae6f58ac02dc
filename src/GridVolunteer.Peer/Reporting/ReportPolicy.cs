namespace GridVolunteer.Peer.Reporting;

/// <summary>When finished units are reported, and how many at once.</summary>
public sealed record ReportPolicy
{
    /// <summary>The longest a finished unit waits for others to go with it; default 1 s.</summary>
    public double AgeSecondsMax { get; init; } = 1;

    /// <summary>So many finished units are reported at once; default 1,000.</summary>
    public int UnitsWorthIt { get; init; } = 1000;

    /// <summary>So many bytes of results are reported at once; default 256 KiB.</summary>
    public int BytesWorthIt { get; init; } = 256 * 1024;

    /// <summary>The most units of one report; default 8,192.</summary>
    public int UnitsMax { get; init; } = 8192;

    /// <summary>
    /// About the most bytes of one report; default 2 MiB, well below what a coordinator takes as one body.
    /// </summary>
    public int BytesMax { get; init; } = 2 * 1024 * 1024;
}
