using GridVolunteer.Coordination.Entities;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// To whom a notice goes and about what. Notices of one lane are delivered one after the other, those of
/// different lanes side by side.
/// </summary>
/// <param name="To">What kind of entity gets it.</param>
/// <param name="Subject">The shard concerned; for a job, shard 0 of its level 0.</param>
internal readonly record struct NoticeLane(NoticeReceiver To, ShardId Subject)
{
    /// <summary>The lane of a notice.</summary>
    public static NoticeLane Of(Notice notice) => notice switch
    {
        OpenShardNotice open => new(NoticeReceiver.Shard, open.Plan.Shard),
        EndShardNotice end => new(NoticeReceiver.Shard, end.Shard),
        ShardClosedNotice closed => new(NoticeReceiver.Job, closed.Summary.Shard),
        JobChangedNotice changed => new(NoticeReceiver.Catalog, new ShardId(changed.Job, 0, 0)),
        HoldersNotice holders => new(NoticeReceiver.Volunteers, holders.Shard),
        _ => throw new ArgumentOutOfRangeException(nameof(notice), notice, "not a notice the engine knows"),
    };
}
