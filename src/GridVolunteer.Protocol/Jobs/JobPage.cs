namespace GridVolunteer.Protocol.Jobs;

/// <summary>A page of jobs, newest first.</summary>
/// <param name="Items">At most the limit asked for.</param>
/// <param name="Next">What to pass as <c>before</c> for the next page, or null at the end.</param>
public sealed record JobPage(IReadOnlyList<JobView> Items, string? Next = null);
