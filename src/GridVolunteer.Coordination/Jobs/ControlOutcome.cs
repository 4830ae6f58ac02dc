using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Jobs;

/// <summary>What a control did.</summary>
/// <param name="Kind">Whether it applied.</param>
/// <param name="State">The job's state afterwards.</param>
public sealed record ControlOutcome(ControlOutcomeKind Kind, JobState State);
