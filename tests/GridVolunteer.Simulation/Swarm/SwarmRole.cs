namespace GridVolunteer.Simulation.Swarm;

/// <summary>What a simulated peer is like.</summary>
internal enum SwarmRole
{
    /// <summary>Holds some pieces, or all, and shares them.</summary>
    Honest,

    /// <summary>Wants the blob.</summary>
    Fetcher,

    /// <summary>Says it holds everything, and sends wrong bytes now and then.</summary>
    Liar,

    /// <summary>Says it holds everything, and never sends a block.</summary>
    Silent,

    /// <summary>Declines, or is always busy.</summary>
    Refuser,

    /// <summary>Holds everything, and crashes half way.</summary>
    Leaver,
}
