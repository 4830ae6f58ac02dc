using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>Something a broker should ask anew.</summary>
/// <param name="Job">The job.</param>
/// <param name="Shard">Its shard to ask for the status, or null: ask the job for its snapshot.</param>
public readonly record struct StaleHint(JobId Job, ShardId? Shard);
