using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Brokering;

/// <content>What it logs.</content>
public sealed partial class HintKeeper
{
    [LoggerMessage(
        EventId = 210, Level = LogLevel.Warning, Message = "Job {Job} could not be asked how it stands")]
    private partial void LogRefreshFailed(Exception exception, JobId job);
}
