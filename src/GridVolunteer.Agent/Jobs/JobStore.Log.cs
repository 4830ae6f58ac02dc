using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Agent.Jobs;

/// <content>What it logs.</content>
internal sealed partial class JobStore
{
    [LoggerMessage(EventId = 310, Level = LogLevel.Information, Message = "Job {Job} ({Workload}) is ready to compute.")]
    private partial void LogReady(JobId job, string workload);

    [LoggerMessage(EventId = 311, Level = LogLevel.Warning, Message = "Job {Job} cannot be computed here: {Reason}")]
    private partial void LogTrouble(JobId job, string reason);
}
