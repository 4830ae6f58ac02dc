using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Volunteers;

/// <summary>What a volunteer takes for a unit.</summary>
/// <param name="Job">The job.</param>
/// <param name="Level">Its level: 0 for work units, more for merges.</param>
/// <param name="Seconds">Seconds for one unit on one thread; more than 0.</param>
public sealed record UnitEstimate(JobId Job, int Level, double Seconds);
