using Microsoft.Extensions.Logging;

namespace GridVolunteer.Agent.Link;

/// <content>What it logs.</content>
internal sealed partial class ExchangeLoop
{
    [LoggerMessage(EventId = 340, Level = LogLevel.Error,
        Message = "The coordinator will not take a report on {Units} units, so they are lost to this agent: {Reason}")]
    private partial void LogReportsLost(int units, string reason);
}
