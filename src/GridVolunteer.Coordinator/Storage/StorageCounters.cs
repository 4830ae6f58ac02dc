namespace GridVolunteer.Coordinator.Storage;

/// <summary>What a storage has written since it was opened.</summary>
/// <param name="Commits">Transactions, each with one sync.</param>
/// <param name="Turns">Turns stored.</param>
/// <param name="SizeBytes">Bytes of records, rows and snapshots stored.</param>
/// <param name="QueuedTurns">Turns that wait now.</param>
public readonly record struct StorageCounters(long Commits, long Turns, long SizeBytes, int QueuedTurns);
