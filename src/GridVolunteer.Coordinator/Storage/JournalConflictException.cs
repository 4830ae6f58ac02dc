namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// An entity was not at the version its host believed: another host wrote it. The host must load it again.
/// </summary>
public sealed class JournalConflictException : Exception
{
    /// <summary>For an entity and the version that was expected.</summary>
    public JournalConflictException(EntityKey entity, long expectedVersion)
        : base($"The journal of {entity} is not at version {expectedVersion}: somebody else wrote it.")
    {
    }
}
