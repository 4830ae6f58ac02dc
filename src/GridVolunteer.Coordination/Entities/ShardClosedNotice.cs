using GridVolunteer.Coordination.Shards;

namespace GridVolunteer.Coordination.Entities;

/// <summary>To the job: every unit of a shard is decided.</summary>
public sealed record ShardClosedNotice(ShardSummary Summary) : Notice;
