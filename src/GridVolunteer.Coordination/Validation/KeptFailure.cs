using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Validation;

/// <summary>One failure of one unit on one volunteer.</summary>
internal sealed record KeptFailure(int Unit, PeerId Peer, UnitFailureKind Kind, string Message);
