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
}
