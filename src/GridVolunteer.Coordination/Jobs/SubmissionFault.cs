namespace GridVolunteer.Coordination.Jobs;

/// <summary>One thing wrong with a submission.</summary>
/// <param name="Field">Which field, as JSON names it: <c>needs.programs</c>.</param>
/// <param name="Message">What is wrong and what to do, a sentence for people.</param>
public sealed record SubmissionFault(string Field, string Message);
