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
    /// is durable; answers where the journal stands then. It cannot be taken back, hence no cancellation.
    /// </summary>
    /// <exception cref="StorageUnavailableException">It could not be written; nothing was kept, or nobody
    /// knows: load the entity again.</exception>
    /// <exception cref="JournalConflictException">The entity is at another version, or was loaded elsewhere
    /// since: somebody else writes it.</exception>
    ValueTask<JournalPosition> AppendAsync(EntityKey entity, JournalPosition expected, TurnRecord turn);

    /// <summary>
    /// Ends when it is certain that at some moment since the call the entity stood at <paramref name="position"/> and
    /// nobody else had loaded it: so what its host knows was true then, and may be told. For turns that store nothing;
    /// an append says the same by itself.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The journal cannot be asked.</exception>
    /// <exception cref="JournalConflictException">As of <see cref="AppendAsync"/>.</exception>
    ValueTask ConfirmAsync(EntityKey entity, JournalPosition position, CancellationToken cancellationToken);
}
