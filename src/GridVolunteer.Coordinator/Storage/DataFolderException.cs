namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// The data folder cannot be used: another coordinator has it, its database is damaged or was written by a
/// newer version, or it cannot be written. The message is for people and says what to do.
/// </summary>
public sealed class DataFolderException : Exception
{
    /// <summary>With a message for people.</summary>
    public DataFolderException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
