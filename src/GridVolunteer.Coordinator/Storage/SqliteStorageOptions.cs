namespace GridVolunteer.Coordinator.Storage;

/// <summary>Bounds of the SQLite store.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>
    /// The most turns waiting for the writer; more are refused as unavailable. Default 16,384.
    /// </summary>
    public int QueuedTurnsMax { get; init; } = 16384;

    /// <summary>The most turns of one transaction. Default 512.</summary>
    public int TurnsPerCommitMax { get; init; } = 512;

    /// <summary>
    /// How much is written ahead before it is moved into the database file. Default 16 MiB. More makes fewer,
    /// longer pauses and a slower start after a crash.
    /// </summary>
    public long CheckpointSizeBytes { get; init; } = 16 << 20;

    /// <summary>The most connections for reading kept open. Default 4.</summary>
    public int ReadersMax { get; init; } = 4;

    /// <summary>
    /// Files up to this size are checked in full at start, larger ones by header and schema only, since a
    /// check reads everything. Default 64 MiB.
    /// </summary>
    public long CheckedSizeBytesMax { get; init; } = 64 << 20;

    /// <summary>
    /// The largest the database may grow, or null for as large as the disk. Reaching it acts like a full
    /// disk. A new value counts when the writer opens the database again, which it does after every failure.
    /// </summary>
    public long? DatabaseSizeBytesMax { get; set; }
}
