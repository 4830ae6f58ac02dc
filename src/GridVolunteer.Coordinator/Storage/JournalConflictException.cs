namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// An entity was not at the version its host believed: another host wrote it. The host must load it again.
/// </summary>
public sealed class JournalConflictException : Exception
{
    /// <summary>For an entity and the position that was expected.</summary>
    public JournalConflictException(EntityKey entity, JournalPosition expected)
        : base($"The journal of {entity} is not at {expected}: somebody else writes it.")
    {
    }
}
