using Microsoft.Extensions.Logging;

namespace GridVolunteer.Cluster.Silos;

/// <summary>What a silo logs about its cluster.</summary>
internal static partial class SiloLog
{
    [LoggerMessage(2301, LogLevel.Warning, "News of the cluster was lost: {Reason}")]
    public static partial void NewsFailed(ILogger logger, string reason);

    [LoggerMessage(2302, LogLevel.Information, "Silo {Silo} is {Status}")]
    public static partial void SiloChanged(ILogger logger, string silo, string status);

    [LoggerMessage(2303, LogLevel.Warning, "The catalogue could not be asked which jobs are active: {Reason}")]
    public static partial void CatalogFailed(ILogger logger, string reason);

    [LoggerMessage(2304, LogLevel.Error, "Shards could not be reminded of their volunteers.")]
    public static partial void ReminderFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        2311, LogLevel.Warning,
        "The cluster could not be told within {Seconds} s that this silo leaves. Nothing is lost; the others find out.")]
    public static partial void LeftWithoutAWord(ILogger logger, double seconds);
}
