namespace GridVolunteer.Groups.Wire;

/// <summary>Why a message was refused.</summary>
public enum RefusalReason
{
    /// <summary>Its bytes end too early, or say what cannot be.</summary>
    Malformed,

    /// <summary>Its kind is unknown here: perhaps a later version's.</summary>
    UnknownKind,

    /// <summary>It is longer than the protocol allows.</summary>
    TooLong,

    /// <summary>Its seal or signature does not fit.</summary>
    Unauthentic,

    /// <summary>Its sender may not say this: not a member, or not the owner of what it changes.</summary>
    NotEntitled,

    /// <summary>It is well formed and makes no sense: a time far ahead, a view that cannot be.</summary>
    Implausible,

    /// <summary>It would make something grow beyond its bound.</summary>
    OverLimit,
}
