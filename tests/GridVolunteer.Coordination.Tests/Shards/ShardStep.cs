namespace GridVolunteer.Coordination.Tests.Shards;

/// <summary>One thing that happens in a schedule.</summary>
/// <param name="Kind">What.</param>
/// <param name="Volunteer">To whom.</param>
/// <param name="Amount">How much of it.</param>
/// <param name="Salt">Which of several.</param>
public readonly record struct ShardStep(ShardStepKind Kind, int Volunteer, int Amount, int Salt);
