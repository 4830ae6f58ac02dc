using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Protocol.Jobs;

/// <summary>One failure of one unit on one agent.</summary>
/// <param name="Level">0 for a work unit, more for merges.</param>
/// <param name="Unit">The unit's index.</param>
/// <param name="Final">True when the unit has failed for good.</param>
/// <param name="Peer">The agent.</param>
/// <param name="Kind">What went wrong.</param>
/// <param name="Message">For people.</param>
public sealed record FailedUnit(
    int Level, long Unit, bool Final, PeerId Peer, UnitFailureKind Kind, string Message);
