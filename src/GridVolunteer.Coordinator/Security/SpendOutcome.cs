namespace GridVolunteer.Coordinator.Security;

/// <summary>What became of a nonce that was to be spent.</summary>
public enum SpendOutcome
{
    /// <summary>It was good, and is no longer.</summary>
    Spent,

    /// <summary>It had been spent before.</summary>
    Replayed,

    /// <summary>Too many were spent in the last minute; try again later.</summary>
    Full,
}
