namespace GridVolunteer.Groups.Views;

/// <summary>
/// Known mistakes, made on purpose so that the simulator can show that its checkers notice each. Never set
/// elsewhere.
/// </summary>
internal enum GroupFlaw
{
    None,

    /// <summary>A member that has promised goes on sending, receiving and delivering.</summary>
    NoFreeze,

    /// <summary>A leader proposes its own, whatever others have accepted.</summary>
    AcceptedNotAdopted,

    /// <summary>A member installs the next view without what it lacks of the one before.</summary>
    NoFetch,

    /// <summary>A member accepts before it holds every message of the cut.</summary>
    AcceptBeforeHold,

    /// <summary>A leader does not wait for a majority of the old view.</summary>
    NoMajority,

    /// <summary>What is missing is not asked for, nor sent again.</summary>
    NoRepair,
}
