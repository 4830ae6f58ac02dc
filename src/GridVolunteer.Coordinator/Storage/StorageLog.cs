using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Storage;

/// <summary>What the storage logs.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(2101, LogLevel.Error, "{Turns} turns could not be stored: {Reason}")]
    public static partial void CommitFailed(ILogger logger, int turns, string reason);

    [LoggerMessage(2102, LogLevel.Error, "The write-ahead file could not be moved into the database: {Reason}")]
    public static partial void CheckpointFailed(ILogger logger, string reason);
}
