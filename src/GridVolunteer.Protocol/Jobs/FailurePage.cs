namespace GridVolunteer.Protocol.Jobs;

/// <summary>The failures a job kept: at most 1,000 a shard.</summary>
/// <param name="Items">By level, unit and time.</param>
/// <param name="Next">What to pass as <c>after</c> for the next page, or null at the end.</param>
public sealed record FailurePage(IReadOnlyList<FailedUnit> Items, string? Next = null);
