using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Shards;

/// <summary>Consecutive units whose canonical results stand one after the other in one result row.</summary>
/// <param name="Units">The units, by index in the level.</param>
/// <param name="RowSequence">The row.</param>
/// <param name="Ordinal">Which entry of the row is the first unit's, from 0.</param>
public sealed record CanonicalRun(UnitRun Units, long RowSequence, int Ordinal);
