namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// Known mistakes, made on purpose so that the simulator can show that its checkers notice each. Never set
/// elsewhere.
/// </summary>
internal enum OrderFlaw
{
    None,

    /// <summary>A place is final with the proposals at hand, whoever's are missing.</summary>
    Naive,

    /// <summary>The clock does not rise to what it hears, nor to the places that are given.</summary>
    ClockStandsStill,

    /// <summary>Proposals of those who are gone are forgotten by some.</summary>
    GoneForgotten,

    /// <summary>A view is told as soon as it is agreed on, wherever it stands in the order.</summary>
    ViewNotOrdered,

    /// <summary>What is safe is delivered once it has its place here.</summary>
    SafeUnheard,

    /// <summary>What is causal does not wait for what it follows in its own group.</summary>
    CausalNotHeld,

    /// <summary>What is causal does not wait for what it follows in other groups.</summary>
    CausalGroupAlone,

    /// <summary>Time-stamped messages are delivered as they come.</summary>
    NoWatermark,

    /// <summary>Whatever time is claimed is believed.</summary>
    PoisonTaken,
}
