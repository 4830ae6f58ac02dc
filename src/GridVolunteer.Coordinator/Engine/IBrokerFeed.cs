using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>
/// Tells the broker of an API host what changed, so that waiting polls are answered and hints are fresh.
/// </summary>
public interface IBrokerFeed
{
    /// <summary>A job's state or priority changed. Called by many at once; must not block or throw.</summary>
    void JobChanged(JobId job);

    /// <summary>
    /// A shard may have work again: it opened, lost a holder, or expired leases. Must not block or throw.
    /// </summary>
    void WorkAppeared(ShardId shard);
}
