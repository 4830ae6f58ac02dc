using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Volunteers;

/// <summary>
/// Compare the volunteer's grants with the shard's (<c>IWorkShard.ReconcileAsync</c>), and give the answer to
/// <see cref="Volunteer.Reconciled"/>.
/// </summary>
/// <param name="Shard">Whom to ask.</param>
/// <param name="Held">Grants the volunteer holds, or may be about to receive.</param>
/// <param name="Dropped">Grants it certainly holds no longer.</param>
public sealed record ReconcileDuty(ShardId Shard, IReadOnlyList<long> Held, IReadOnlyList<long> Dropped)
    : VolunteerDuty(Shard);
