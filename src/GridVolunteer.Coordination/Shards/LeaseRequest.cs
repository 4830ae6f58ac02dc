namespace GridVolunteer.Coordination.Shards;

/// <summary>Asks a shard for a batch.</summary>
/// <param name="RequestId">The client's request; asking again with the same one gives the same grant.</param>
/// <param name="UnitsMax">How many units, at least 1.</param>
/// <param name="Expected">How long the volunteer will take for a unit on one thread, by estimate.</param>
/// <param name="Threads">Units it runs at once.</param>
/// <param name="UrgentSlotFree">Whether it can run lost units at once.</param>
public sealed record LeaseRequest(
    string RequestId, int UnitsMax, TimeSpan Expected, int Threads, bool UrgentSlotFree);
