using GridVolunteer.Coordination.Contracts;

namespace GridVolunteer.Coordinator.Storage;

/// <summary>
/// Where the turns of entities are kept: SQLite in one process, Redis in a cluster. Any number of callers at
/// once; an entity's own calls come one after the other.
/// </summary>
public interface IJournal
{
    /// <summary>All that is needed to rebuild an entity.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be read; the message says what to
    /// do.</exception>
    ValueTask<EntityRecord> LoadAsync(EntityKey entity, CancellationToken cancellationToken);

    /// <summary>
    /// Stores a turn as version <paramref name="expectedVersion"/> + 1, all of it or nothing, and ends when
    /// it is durable. It cannot be taken back, hence no cancellation.
    /// </summary>
    /// <exception cref="StorageUnavailableException">It could not be written; nothing was kept.</exception>
    /// <exception cref="JournalConflictException">The entity is at another version: somebody else wrote
    /// it.</exception>
    ValueTask AppendAsync(EntityKey entity, long expectedVersion, TurnRecord turn);
}
