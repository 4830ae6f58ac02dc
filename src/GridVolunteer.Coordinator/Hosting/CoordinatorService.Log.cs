using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Hosting;

/// <content>What it logs.</content>
public sealed partial class CoordinatorService
{
    [LoggerMessage(
        EventId = 100, Level = LogLevel.Information, Message = "Listening on {Url}; data in {DataFolder}")]
    private partial void LogStarted(Uri url, string dataFolder);

    [LoggerMessage(
        EventId = 103, Level = LogLevel.Information, Message = "Draining for {Seconds} s: /healthz says so to gateways")]
    private partial void LogDraining(double seconds);

    [LoggerMessage(EventId = 101, Level = LogLevel.Information, Message = "Stopping")]
    private partial void LogStopping();

    [LoggerMessage(EventId = 102, Level = LogLevel.Information, Message = "Stopped")]
    private partial void LogStopped();
}
