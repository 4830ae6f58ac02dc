using GridVolunteer.Coordination.Entities;

namespace GridVolunteer.Coordinator.Storage;

/// <summary>One turn as it is stored. All its memory is borrowed until the append has ended.</summary>
/// <param name="Journalled">The turn's records; not stored when a snapshot comes with the turn, since that
/// holds them.</param>
/// <param name="Rows">Rows of result bytes.</param>
/// <param name="Snapshot">The entity's state after the turn, in place of all records up to here; or
/// null.</param>
/// <param name="IsLast">True when the entity is closed: nothing will follow. Comes with a snapshot.</param>
public readonly record struct TurnRecord(
    ReadOnlyMemory<byte> Journalled, IReadOnlyList<ResultRow> Rows, ReadOnlyMemory<byte>? Snapshot,
    bool IsLast = false);
