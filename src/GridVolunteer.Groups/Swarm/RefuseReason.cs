namespace GridVolunteer.Groups.Swarm;

/// <summary>
/// Why a peer does not share a blob now. A normal answer and no fault: a volunteer may decline to hold or
/// share anything.
/// </summary>
public enum RefuseReason : byte
{
    /// <summary>It does not hold it.</summary>
    NotHeld = 0,

    /// <summary>It shares with others at the moment; ask again after a while.</summary>
    Busy = 1,

    /// <summary>It does not wish to.</summary>
    Declined = 2,

    /// <summary>It is about to leave.</summary>
    Leaving = 3,
}
