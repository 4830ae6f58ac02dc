using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>Canonical results of consecutive units.</summary>
/// <param name="Units">The units, by index in their level.</param>
/// <param name="Packed">Their results in order, as <c>PackedResults</c>.</param>
public readonly record struct ResultSlice(UnitRun Units, ReadOnlyMemory<byte> Packed);
