using GridVolunteer.Protocol.Events;

namespace GridVolunteer.Coordinator.Events;

/// <summary>An event and its place in the stream.</summary>
/// <param name="Position">Its number; each event's is one more than the last one's.</param>
/// <param name="Event">What happened.</param>
public readonly record struct EventSlot(long Position, GridEvent Event);
