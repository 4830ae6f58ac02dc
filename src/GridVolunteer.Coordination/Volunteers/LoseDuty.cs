using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Volunteers;

/// <summary>Tell the shard that the volunteer is silent or gone (<c>IWorkShard.LoseAsync</c>).</summary>
/// <param name="Shard">Whom to tell.</param>
/// <param name="Reason">Silent or gone.</param>
public sealed record LoseDuty(ShardId Shard, LossReason Reason) : VolunteerDuty(Shard);
