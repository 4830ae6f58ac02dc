using Microsoft.Extensions.Logging;

namespace GridVolunteer.Cluster.Storage;

/// <summary>What the storage of a silo logs.</summary>
internal static partial class JournalLog
{
    [LoggerMessage(2201, LogLevel.Error, "The journal cannot be used: {Reason}")]
    public static partial void JournalFailed(ILogger logger, string reason);

    [LoggerMessage(EventId = 2202, Message = "Redis at {Servers} keeps the journal: {Promise}")]
    public static partial void Promise(ILogger logger, LogLevel level, string servers, string promise);
}
