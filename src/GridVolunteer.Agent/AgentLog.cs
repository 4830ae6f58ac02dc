using Microsoft.Extensions.Logging;

namespace GridVolunteer.Agent;

/// <summary>What the agent as a whole logs.</summary>
internal static partial class AgentLog
{
    [LoggerMessage(EventId = 350, Level = LogLevel.Information,
        Message = "Agent {Name} ({Peer}) computes for {Coordinator} on {Threads} threads.")]
    public static partial void Started(ILogger log, string name, string peer, Uri coordinator, int threads);

    [LoggerMessage(EventId = 351, Level = LogLevel.Information, Message = "Connected to the coordinator at {Coordinator}.")]
    public static partial void Connected(ILogger log, Uri coordinator);

    [LoggerMessage(EventId = 352, Level = LogLevel.Information,
        Message = "{Computed} units computed, {Failed} failed; {Running} run, {Waiting} wait, {Unreported} to be acknowledged.")]
    public static partial void Status(ILogger log, long computed, long failed, int running, int waiting, int unreported);

    [LoggerMessage(EventId = 353, Level = LogLevel.Information, Message = "Goodbye said: {Returned} grants handed back.")]
    public static partial void Goodbye(ILogger log, int returned);

    [LoggerMessage(EventId = 354, Level = LogLevel.Warning,
        Message = "The coordinator did not hear the goodbye; what is finished is reported at the next start.")]
    public static partial void GoodbyeUnheard(ILogger log);
}
