namespace GridVolunteer.Coordination.Contracts;

/// <summary>
/// Who was asked is not the one any more that speaks for the entity: another activation of it was loaded since. Nothing
/// of the call was kept. Repeated, it finds the entity where it now is, which whoever calls across processes does by
/// itself; others may take it for what it is derived from.
/// </summary>
public sealed class EntityMovedException : StorageUnavailableException
{
    /// <summary>With a message that names the entity.</summary>
    public EntityMovedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
