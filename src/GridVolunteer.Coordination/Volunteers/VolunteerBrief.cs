using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Volunteers;

/// <summary>What a broker must know of a volunteer before an exchange.</summary>
/// <param name="Host">Its machine, or null when it has not beaten since the coordinator started: it must
/// introduce itself.</param>
/// <param name="Repeated">The answer already given to this request id, or null.</param>
/// <param name="Estimates">What it is known to take for a unit.</param>
public sealed record VolunteerBrief(HostFacts? Host, WorkAnswer? Repeated, EstimateBook Estimates);
