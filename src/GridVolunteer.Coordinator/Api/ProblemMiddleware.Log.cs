using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Api;

/// <content>What it logs.</content>
public sealed partial class ProblemMiddleware
{
    [LoggerMessage(EventId = 200, Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFault(Exception exception, string method, string path);

    [LoggerMessage(EventId = 201, Level = LogLevel.Warning, Message = "{Method} {Path} broke off half way")]
    private partial void LogBroken(Exception exception, string method, string path);
}
