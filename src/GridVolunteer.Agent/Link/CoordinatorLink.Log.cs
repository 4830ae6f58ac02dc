using Microsoft.Extensions.Logging;

namespace GridVolunteer.Agent.Link;

/// <content>What it logs.</content>
internal sealed partial class CoordinatorLink
{
    [LoggerMessage(EventId = 300, Level = LogLevel.Warning,
        Message = "The coordinator does not answer; going on with what is here and trying again. {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(EventId = 301, Level = LogLevel.Information, Message = "The coordinator at {Coordinator} answers again.")]
    private partial void LogBack(Uri coordinator);
}
