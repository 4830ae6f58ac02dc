using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Telemetry;
using GridVolunteer.Protocol.Events;

namespace GridVolunteer.Coordinator.Events;

/// <summary>Takes what the engine tells: counts it, and hands it to the ring.</summary>
/// <param name="ring">The stream.</param>
/// <param name="instruments">The counters.</param>
public sealed class EventSink(EventRing ring, CoordinatorInstruments instruments) : IEventSink
{
    /// <inheritdoc/>
    public void Publish(IReadOnlyList<GridEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        for (var i = 0; i < events.Count; i++)
        {
            Count(events[i]);
        }

        ring.Publish(events);
    }

    private void Count(GridEvent happened)
    {
        switch (happened.Kind)
        {
            case "validated":
                instruments.OnValidated(Units(happened));
                break;
            case "reassigned":
                instruments.OnReassigned(Units(happened));
                break;
            case "lost":
                instruments.OnLost(Units(happened));
                break;
        }
    }

    private static long Units(GridEvent happened)
    {
        var units = 0L;
        for (var i = 0; i < happened.Runs.Count; i++)
        {
            units += happened.Runs[i].Count;
        }

        return units;
    }
}
