using GridVolunteer.Peer.Reporting;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Work;

/// <summary>What the link has to say and ask.</summary>
/// <param name="Reports">Finished units to report, or null.</param>
/// <param name="Wanted">Work to ask for, or null.</param>
/// <param name="LookAgainIn">When neither: after how long to look again, or null when only an event changes that.</param>
internal sealed record ExchangePlan(ReportBatch? Reports, WorkWanted? Wanted, TimeSpan? LookAgainIn);
