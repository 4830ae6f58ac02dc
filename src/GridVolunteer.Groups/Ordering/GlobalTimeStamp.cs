namespace GridVolunteer.Groups.Ordering;

/// <summary>When a message was sent, by its sender's clock as measured against a common source.</summary>
/// <param name="Time">The time.</param>
/// <param name="Epsilon">
/// How far it may be off. Of two messages whose stamps are further apart than both bounds together, the earlier one was
/// sent earlier; of others only the causal order is sure.
/// </param>
public readonly record struct GlobalTimeStamp(DateTimeOffset Time, TimeSpan Epsilon);
