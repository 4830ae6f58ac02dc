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

    /// <summary>A joint message stands in each group where that group alone would place it.</summary>
    JointAlone,

    /// <summary>A place that a group gives a joint message is told to the others before all of the group know it.</summary>
    JointUnsure,

    /// <summary>A view gets its place while a joint message of the view before has none.</summary>
    JointLate,

    /// <summary>A sender does not wait until its joint message is told before it sends the next.</summary>
    JointPipelined,

    /// <summary>When the sender of a joint message is gone, those who have not heard of the other groups drop it.</summary>
    JointDropped,

    /// <summary>Time-stamped messages are delivered as they come.</summary>
    NoWatermark,

    /// <summary>Whatever time is claimed is believed.</summary>
    PoisonTaken,
}
