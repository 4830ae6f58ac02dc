namespace GridVolunteer.Groups.Register;

/// <summary>
/// Known mistakes, made on purpose so that the simulator can show that its checkers notice each. Never set
/// elsewhere.
/// </summary>
internal enum RegisterFlaw
{
    None,

    /// <summary>Of two groups of one name neither gives way.</summary>
    NoOneGivesWay,

    /// <summary>A member of a closed group sends on what others post.</summary>
    ClosedIsOpen,

    /// <summary>A post that was delivered is delivered again when another member has sent it on too.</summary>
    PostsRepeat,

    /// <summary>Who dissolves a group tells each member once, and nobody tells it on or remembers it.</summary>
    EndIsToldOnce,

    /// <summary>A name of which nobody has answered yet counts as free at once.</summary>
    NobodyIsAsked,
}
