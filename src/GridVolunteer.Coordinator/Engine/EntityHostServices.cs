using GridVolunteer.Coordinator.Storage;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>What hosts of entities work with; one for all hosts of a process.</summary>
public sealed record EntityHostServices
{
    /// <summary>Where turns are kept.</summary>
    public required IJournal Journal { get; init; }

    /// <summary>Where notices go.</summary>
    public required INoticeOutbox Outbox { get; init; }

    /// <summary>Where events go.</summary>
    public required IEventSink Events { get; init; }

    /// <summary>Who calls when a tick is due.</summary>
    public required ITickSchedule Ticks { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>For failures.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>Bounds.</summary>
    public EntityHostOptions Options { get; init; } = new();
}
