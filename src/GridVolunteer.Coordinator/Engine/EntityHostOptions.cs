namespace GridVolunteer.Coordinator.Engine;

/// <summary>Bounds of a mailbox.</summary>
public sealed class EntityHostOptions
{
    /// <summary>The most commands decided in one turn. Default 256. More makes larger transactions.</summary>
    public int CommandsPerTurnMax { get; init; } = 256;

    /// <summary>
    /// After how many turns a snapshot replaces the journal. Default 2,000. More makes loading slower.
    /// </summary>
    public int TurnsPerSnapshot { get; init; } = 2000;

    /// <summary>After how many journalled bytes a snapshot replaces the journal. Default 4 MiB.</summary>
    public int JournalSizeBytesPerSnapshot { get; init; } = 4 << 20;

    /// <summary>
    /// How long after a failure an entity is ticked again, so that it recovers without a caller. Default 1 s.
    /// </summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
