namespace GridVolunteer.Peer.Buffering;

/// <summary>Whether to ask for work now.</summary>
/// <param name="Seconds">Seconds of work to ask for, all threads together; 0 for none now.</param>
/// <param name="NextIn">When none is asked for: in how many seconds (more than 0) to look again, or null when only
/// an event changes that.</param>
/// <param name="ThreadsIdle">Threads for which there is nothing at all: each should get a unit, however long
/// it takes.</param>
public readonly record struct WorkDemand(double Seconds, double? NextIn, int ThreadsIdle = 0);
