namespace GridVolunteer.Coordination.Entities;

/// <summary>
/// A message from one entity to another, sent when the turn that decided it is durable. Receivers are
/// idempotent.
/// </summary>
public abstract record Notice;
