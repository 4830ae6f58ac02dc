using GridVolunteer.Protocol.Events;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>Takes what entities tell the live stream, after it is durable.</summary>
public interface IEventSink
{
    /// <summary>
    /// Takes events in order. Called by many at once; must not block, throw, or keep the list, which is used
    /// again.
    /// </summary>
    void Publish(IReadOnlyList<GridEvent> events);
}
