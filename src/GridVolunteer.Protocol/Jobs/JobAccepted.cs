using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Jobs;

/// <summary>The answer to a submission.</summary>
/// <param name="JobId">The job, durable from now on.</param>
public sealed record JobAccepted(JobId JobId);
