using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Entities;

/// <summary>To the catalogue and the brokers: a job's state or priority changed.</summary>
public sealed record JobChangedNotice(JobId Job, JobState State) : Notice;
