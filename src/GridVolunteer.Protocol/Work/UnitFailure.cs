namespace GridVolunteer.Protocol.Work;

/// <summary>Why one unit could not be computed on one agent.</summary>
/// <param name="Unit">The unit's index in its level.</param>
/// <param name="Kind">What went wrong.</param>
/// <param name="Message">For people; cut at 2,000 characters.</param>
public sealed record UnitFailure(long Unit, UnitFailureKind Kind, string Message);
