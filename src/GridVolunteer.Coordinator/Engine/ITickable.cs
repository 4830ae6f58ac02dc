namespace GridVolunteer.Coordinator.Engine;

/// <summary>Something that wants to be called at times.</summary>
public interface ITickable
{
    /// <summary>When it wants its next tick, or null.</summary>
    DateTimeOffset? NextTick { get; }

    /// <summary>Time has passed.</summary>
    ValueTask TickAsync(CancellationToken cancellationToken);
}
