namespace GridVolunteer.Coordinator.Engine;

/// <summary>Calls hosts when their entities want a tick: a timer of the engine, or a grain's own.</summary>
public interface ITickSchedule
{
    /// <summary>
    /// Wants <paramref name="host"/> ticked at <paramref name="due"/> or soon after; an earlier wish stands.
    /// </summary>
    void Note(ITickable host, DateTimeOffset due);

    /// <summary>
    /// Forgets a host that is done, so that its entity does not stay in memory until its time comes.
    /// </summary>
    void Forget(ITickable host);
}
