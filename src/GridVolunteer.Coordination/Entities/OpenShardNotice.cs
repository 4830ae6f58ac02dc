using GridVolunteer.Coordination.Shards;

namespace GridVolunteer.Coordination.Entities;

/// <summary>To a shard: be open (again, after a restart).</summary>
public sealed record OpenShardNotice(ShardPlan Plan) : Notice;
