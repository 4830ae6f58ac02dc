using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>What the engine logs.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(2001, LogLevel.Error, "The journal of {Entity} cannot be replayed.")]
    public static partial void RebuildFailed(ILogger logger, string entity, Exception exception);

    [LoggerMessage(2002, LogLevel.Error, "A command to {Entity} threw; its state is rebuilt from the journal.")]
    public static partial void CommandThrew(ILogger logger, string entity, Exception exception);

    [LoggerMessage(2003, LogLevel.Error, "A turn of {Entity} could not be stored; its state is rebuilt from the journal.")]
    public static partial void AppendFailed(ILogger logger, string entity, Exception exception);

    [LoggerMessage(2009, LogLevel.Warning, "{Entity} is written from elsewhere; its state here is let go: {Reason}")]
    public static partial void Superseded(ILogger logger, string entity, string reason);

    [LoggerMessage(2004, LogLevel.Warning, "{Notice} on {Subject} could not be delivered; again in {Pause}.")]
    public static partial void NoticeFailed(
        ILogger logger, string notice, string subject, TimeSpan pause, Exception exception);

    [LoggerMessage(2005, LogLevel.Error, "A tick failed.")]
    public static partial void TickFailed(ILogger logger, Exception exception);

    [LoggerMessage(2006, LogLevel.Information, "{Jobs} unfinished jobs go on.")]
    public static partial void Resumed(ILogger logger, int jobs);

    [LoggerMessage(2007, LogLevel.Warning, "{Shard} could not be told about volunteer {Volunteer}; it comes again: {Reason}")]
    public static partial void DutyFailed(ILogger logger, string shard, string volunteer, string reason);

    [LoggerMessage(2008, LogLevel.Error, "What a turn of {Entity} wanted told could not be handed on; the entity tells again.")]
    public static partial void CarryOutFailed(ILogger logger, string entity, Exception exception);
}
