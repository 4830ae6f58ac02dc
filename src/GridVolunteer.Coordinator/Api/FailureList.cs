using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Jobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordinator.Api;

/// <summary>
/// Pages through the failures that a job's shards kept. Most shards have none, so one page looks at no more
/// than
/// <see cref="ShardsPerPage"/> of them: a page may be short, or empty, and still name a next one.
/// </summary>
/// <param name="grid">Where shards are asked.</param>
public sealed class FailureList(IGrid grid)
{
    /// <summary>Shards that one page looks at.</summary>
    public const int ShardsPerPage = 64;

    /// <summary>The page at <paramref name="cursor"/>.</summary>
    public async Task<FailurePage> PageAsync(
        JobSnapshot job, FailureCursor cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        var items = new List<FailedUnit>();
        var looked = 0;
        for (; cursor.Level <= job.Level; cursor = new FailureCursor(cursor.Level + 1, 0, 0))
        {
            var opened = JobLevels.OpenedShards(job, cursor.Level);
            for (; cursor.Number < opened; cursor = new FailureCursor(cursor.Level, cursor.Number + 1, 0))
            {
                if (looked++ == ShardsPerPage || items.Count == limit)
                {
                    return new FailurePage(items, cursor.ToString());
                }

                var shard = new ShardId(job.Id, cursor.Level, cursor.Number);
                var failures = await grid.Shard(shard).FailuresAsync(cancellationToken);
                var taken = Math.Clamp(failures.Count - cursor.Skip, 0, limit - items.Count);
                items.AddRange(failures.Skip(cursor.Skip).Take(taken));
                if (cursor.Skip + taken < failures.Count)
                {
                    return new FailurePage(items, (cursor with { Skip = cursor.Skip + taken }).ToString());
                }
            }
        }

        return new FailurePage(items, null);
    }
}
