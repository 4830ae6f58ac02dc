namespace GridVolunteer.Groups.FailureDetection;

/// <summary>Something about a process has changed in this detector's eyes.</summary>
/// <param name="Change">What.</param>
/// <param name="Member">Which process.</param>
/// <param name="Incarnation">In which life.</param>
public readonly record struct MembershipEvent(MembershipChange Change, ProcessId Member, Incarnation Incarnation);
