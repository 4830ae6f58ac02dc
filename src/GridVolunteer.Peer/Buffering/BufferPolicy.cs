namespace GridVolunteer.Peer.Buffering;

/// <summary>How much work an agent holds, and how it cuts it up for its workers.</summary>
public sealed record BufferPolicy
{
    /// <summary>Units computed at once; at least 1.</summary>
    public required int Threads { get; init; }

    /// <summary>
    /// When the first worker would run dry in less than this, more is asked for; the latency of the link is
    /// added. Default 1 s. Larger rides out hiccups, smaller leaves more for others at a job's end.
    /// </summary>
    public double LowWaterSeconds { get; init; } = 1;

    /// <summary>
    /// How far above the low water the buffer is filled; default 4 s. Larger means fewer, bigger exchanges.
    /// </summary>
    public double SpanSeconds { get; init; } = 4;

    /// <summary>
    /// How many latencies of the link the low water covers; default 2: an exchange and its files.
    /// </summary>
    public double LatenciesCovered { get; init; } = 2;

    /// <summary>
    /// How long one batch for a worker should take; default 0.25 s. Units that take longer go one by one.
    /// </summary>
    public double BatchSeconds { get; init; } = 0.25;

    /// <summary>The most units of one batch for a worker; default 1,024.</summary>
    public int BatchUnitsMax { get; init; } = 1024;

    /// <summary>
    /// A worker stays with its job though another job's units have waited longer, by at most this; default 10
    /// s. A change of job costs the start of a process.
    /// </summary>
    public double LoyaltySeconds { get; init; } = 10;

    /// <summary>
    /// With so many results not yet acknowledged, no more work is asked for; default 65,536 units.
    /// </summary>
    public int UnacknowledgedUnitsMax { get; init; } = 65_536;
}
