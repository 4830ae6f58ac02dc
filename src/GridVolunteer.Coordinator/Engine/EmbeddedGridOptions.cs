using GridVolunteer.Coordination.Volunteers;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>How an embedded grid keeps its entities.</summary>
public sealed class EmbeddedGridOptions
{
    /// <summary>How volunteers' silence is judged.</summary>
    public VolunteerOptions Volunteers { get; init; } = new();

    /// <summary>Bounds of each mailbox.</summary>
    public EntityHostOptions Hosts { get; init; } = new();

    /// <summary>
    /// After how long without a call an entity that waits for nothing leaves memory. Default 60 s.
    /// </summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After how long without a call a closed entity leaves memory. Default 5 s.</summary>
    public TimeSpan ClosedIdleLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Entities kept in memory before <see cref="ClosedIdleLimit"/> counts for all that wait for nothing.
    /// Default 4,096.
    /// </summary>
    public int ResidentEntitiesMax { get; init; } = 4096;
}
