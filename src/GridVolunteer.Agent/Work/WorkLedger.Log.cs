using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Agent.Work;

/// <content>What it logs.</content>
internal sealed partial class WorkLedger
{
    [LoggerMessage(EventId = 320, Level = LogLevel.Information,
        Message = "Going on where the last run ended: {Waiting} units to compute, {Unreported} finished ones to report.")]
    private partial void LogRestored(int waiting, int unreported);

    [LoggerMessage(EventId = 321, Level = LogLevel.Error,
        Message = "Work cannot be kept on disk: {Reason} It stays in memory until it can; free some space.")]
    private partial void LogSpoolTrouble(string reason);

    [LoggerMessage(EventId = 322, Level = LogLevel.Warning, Message = "The coordinator refused a report on {Grant}: {Reason}")]
    private partial void LogRefused(GrantId grant, string reason);

    [LoggerMessage(EventId = 323, Level = LogLevel.Debug, Message = "Grant {Grant} is void; {Units} results dropped.")]
    private partial void LogVoid(GrantId grant, int units);

    [LoggerMessage(EventId = 324, Level = LogLevel.Warning,
        Message = "Unit {Unit} of job {Job} (level {Level}) failed: {Kind}. {Reason}")]
    private partial void LogUnitFailed(JobId job, int level, long unit, UnitFailureKind kind, string reason);

    [LoggerMessage(EventId = 325, Level = LogLevel.Debug, Message = "Unit {Unit} of job {Job}: {Fraction:P0}.")]
    private partial void LogProgress(JobId job, long unit, double fraction);

    [LoggerMessage(EventId = 326, Level = LogLevel.Warning,
        Message = "A checkpoint of unit {Unit} of job {Job} cannot be kept on disk.")]
    private partial void LogCheckpointRefused(JobId job, long unit);

    [LoggerMessage(EventId = 327, Level = LogLevel.Warning,
        Message = "{Job} is another job now than it was: the coordinator has begun anew. What was held of it is dropped.")]
    private partial void LogJobChanged(JobId job);
}
