using Microsoft.Extensions.Logging;

namespace GridVolunteer.Cluster.Storage;

/// <summary>What the storage of a silo logs.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(2201, LogLevel.Error, "The journal cannot be used: {Reason}")]
    public static partial void JournalFailed(ILogger logger, string reason);

    [LoggerMessage(2202, LogLevel.Information, "Redis at {Servers} keeps the journal: {Promise}")]
    public static partial void Promise(ILogger logger, string servers, string promise);

    [LoggerMessage(2203, LogLevel.Warning, "Redis at {Servers} keeps the journal: {Promise}")]
    public static partial void WeakPromise(ILogger logger, string servers, string promise);
}
