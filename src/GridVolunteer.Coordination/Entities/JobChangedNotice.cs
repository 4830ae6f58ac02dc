using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Entities;

/// <summary>To the brokers, and when it is closed to the catalogue: a job's state or priority changed.</summary>
/// <param name="Job">The job.</param>
/// <param name="State">Its state.</param>
/// <param name="IsClosed">True when it is over and all its shards have ended.</param>
public sealed record JobChangedNotice(JobId Job, JobState State, bool IsClosed = false) : Notice;
