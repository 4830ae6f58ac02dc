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
    /// Stores a turn as the version after <paramref name="expected"/>, all of it or nothing, and ends when it
    /// is durable. It cannot be taken back, hence no cancellation.
    /// </summary>
    /// <exception cref="StorageUnavailableException">It could not be written; nothing was kept, or nobody
    /// knows: load the entity again.</exception>
    /// <exception cref="JournalConflictException">The entity is at another version, or was loaded elsewhere
    /// since: somebody else writes it.</exception>
    ValueTask AppendAsync(EntityKey entity, JournalPosition expected, TurnRecord turn);
}
