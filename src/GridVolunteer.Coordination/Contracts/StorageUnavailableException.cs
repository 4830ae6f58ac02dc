namespace GridVolunteer.Coordination.Contracts;

/// <summary>The journal could not be written; nothing of the call was kept, and it may be repeated.</summary>
public class StorageUnavailableException : Exception
{
    /// <summary>With a message that says what is wrong with the storage and what to do.</summary>
    public StorageUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
