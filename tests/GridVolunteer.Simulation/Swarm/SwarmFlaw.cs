namespace GridVolunteer.Simulation.Swarm;

/// <summary>Mistakes that the checkers must notice.</summary>
internal enum SwarmFlaw
{
    /// <summary>None.</summary>
    None,

    /// <summary>Takes any bytes for the right ones.</summary>
    ChecksNothing,

    /// <summary>Names the peer it knows first, not the one that sent wrong bytes.</summary>
    BlamesAnother,

    /// <summary>Does nothing when time passes.</summary>
    NeverTicks,

    /// <summary>Takes whoever is busy for one who leaves.</summary>
    TakesBusyForLeaving,

    /// <summary>Asks as many as it likes for the same block.</summary>
    AsksEverybody,
}
