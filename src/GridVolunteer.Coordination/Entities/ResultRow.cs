using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Entities;

/// <summary>
/// Result bytes of one report, as the shard numbers them: <c>PackedResults</c> in the order of the runs.
/// </summary>
/// <param name="Sequence">The shard's own numbering of its rows, from 1.</param>
/// <param name="Runs">The units, by index in the level.</param>
/// <param name="Packed">Their results. Borrowed from the request: valid until the turn is durable.</param>
public sealed record ResultRow(long Sequence, IReadOnlyList<UnitRun> Runs, ReadOnlyMemory<byte> Packed);
