namespace GridVolunteer.Groups.Coordinates;

/// <summary>
/// How a coordinate follows the round-trip times it is shown. The defaults are those that Serf has run with
/// for years, and limits on what is believed.
/// </summary>
public sealed record CoordinateOptions
{
    /// <summary>The defaults.</summary>
    public static CoordinateOptions Default { get; } = new();

    /// <summary>Largest error a process states, and what it starts with. Default 1.5; above 0.</summary>
    public double ErrorMax { get; init; } = 1.5;

    /// <summary>Share of a sample in the running error (c_e). Default 0.25; above 0, at most 1.</summary>
    public double ErrorGain { get; init; } = 0.25;

    /// <summary>
    /// Share of a spring's extension moved at a sample (c_c). Default 0.25; above 0, at most 1.
    /// </summary>
    public double PositionGain { get; init; } = 0.25;

    /// <summary>Smallest height, in seconds. Default 10 us; above 0, or a height could never grow.</summary>
    public double HeightMinSeconds { get; init; } = 10e-6;

    /// <summary>
    /// Samples of one peer whose median counts. Default 3; 1 to 16. More hide a slow packet better and notice
    /// a new route later.
    /// </summary>
    public int FilterSamples { get; init; } = 3;

    /// <summary>Samples that the adjustment averages. Default 20; 0 (no adjustment) to 256.</summary>
    public int AdjustmentSamples { get; init; } = 20;

    /// <summary>
    /// How far out a point must stand to be drawn to the origin by its square, in seconds. Default 150:
    /// enough to keep the fleet from drifting off together, far too little to bend a distance. Above 0.
    /// </summary>
    public double GravitySeconds { get; init; } = 150;

    /// <summary>
    /// Longest round trip that is believed, measured or predicted. Default 10 s; above 0.
    /// </summary>
    public TimeSpan RoundTripMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How far a peer's point may jump between two samples of it, however close they are. Default 250 ms.
    /// </summary>
    public TimeSpan JumpMax { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How much further it may have moved for each second between them. Default 50 ms: a process that
    /// was started afresh, and is back at the origin, is believed again within seconds.
    /// </summary>
    public TimeSpan JumpMaxPerSecond { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// How far one sample may move the own point. Default 25 ms; above 0. So a liar drags nobody off at once,
    /// and honest peers pull back between its samples. Shorter also finds near neighbours better on paths of
    /// up to 200 ms, and converges later on longer ones.
    /// </summary>
    public TimeSpan StepMax { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>
    /// Peers whose last samples are kept. Default 256; at least 1. The longest unheard is forgotten.
    /// </summary>
    public int PeersMax { get; init; } = 256;

    /// <summary>Every fault of these options, in words; empty when there is none.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        Require(ErrorMax > 0 && double.IsFinite(ErrorMax), "ErrorMax must be above 0.");
        Require(ErrorGain is > 0 and <= 1, "ErrorGain must be above 0 and at most 1.");
        Require(PositionGain is > 0 and <= 1, "PositionGain must be above 0 and at most 1.");
        Require(HeightMinSeconds is > 0 and < 1, "HeightMinSeconds must be above 0 and below 1.");
        Require(FilterSamples is >= 1 and <= 16, "FilterSamples must be 1 to 16.");
        Require(AdjustmentSamples is >= 0 and <= 256, "AdjustmentSamples must be 0 to 256.");
        Require(GravitySeconds > 0 && double.IsFinite(GravitySeconds), "GravitySeconds must be above 0.");
        Require(RoundTripMax > TimeSpan.Zero, "RoundTripMax must be above 0.");
        Require(JumpMax >= TimeSpan.Zero, "JumpMax must be at least 0.");
        Require(JumpMaxPerSecond >= TimeSpan.Zero, "JumpMaxPerSecond must be at least 0.");
        Require(StepMax > TimeSpan.Zero, "StepMax must be above 0.");
        Require(PeersMax >= 1, "PeersMax must be at least 1.");
        return faults;

        void Require(bool holds, string fault)
        {
            if (!holds)
            {
                faults.Add(fault);
            }
        }
    }
}
