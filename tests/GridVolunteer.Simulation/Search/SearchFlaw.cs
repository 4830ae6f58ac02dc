namespace GridVolunteer.Simulation.Search;

/// <summary>Mistakes that the checkers must notice.</summary>
internal enum SearchFlaw
{
    /// <summary>None.</summary>
    None,

    /// <summary>Remembers no query.</summary>
    ForgetsQueries,

    /// <summary>Passes queries back to whom they came from.</summary>
    SendsBack,

    /// <summary>Takes every query for one that has just set out.</summary>
    IgnoresTimeToLive,

    /// <summary>Takes a wider ring for a repetition of the first.</summary>
    IgnoresWiderRings,

    /// <summary>Forwards to nobody.</summary>
    PassesNothingOn,

    /// <summary>Loses answers on their way back.</summary>
    PassesNoAnswers,
}
