using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Agent.Work;

/// <content>What it logs.</content>
internal sealed partial class WorkSlot
{
    [LoggerMessage(EventId = 330, Level = LogLevel.Error, Message = "No worker can be started; trying again. {Reason}")]
    private partial void LogCannotStart(string reason);

    [LoggerMessage(EventId = 331, Level = LogLevel.Warning, Message = "A unit of job {Job} cannot be computed here: {Reason}")]
    private partial void LogUnitTrouble(JobId job, string reason);
}
