using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Work;

/// <summary>
/// What the coordinator did with one report. Accepted or not, the agent may forget the units in it.
/// </summary>
/// <param name="Grant">The grant reported on.</param>
/// <param name="Accepted">Results taken in, valid already or waiting for their quorum.</param>
/// <param name="Ignored">Results nobody needed: duplicates, or the unit was already decided.</param>
/// <param name="Refusal">Why the whole report was refused (unknown grant, foreign units, malformed bytes), or
/// null.</param>
public sealed record ReportOutcome(GrantId Grant, int Accepted, int Ignored, string? Refusal = null);
