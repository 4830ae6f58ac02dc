using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>
/// What turned out empty within one request; a new one for each attempt to serve a request.
/// </summary>
public sealed class BrokerSkips
{
    /// <summary>
    /// Shards of one job that a request tries. A shard may have copies to give, but none for this volunteer;
    /// trying all of many would cost more than they yield, and the next request tries others.
    /// </summary>
    public const int ShardsPerJobMax = 8;

    private readonly Dictionary<JobId, int> _shardsTried = [];
    private readonly HashSet<ShardId> _shards = [];
    private readonly HashSet<JobId> _advances = [];
    private readonly HashSet<JobId> _jobs = [];

    internal bool Has(ShardId shard) => _shards.Contains(shard);

    internal bool HasJob(JobId job) => _jobs.Contains(job);

    internal bool HasAdvance(JobId job) => _advances.Contains(job);

    internal int ShardsTried(JobId job) => _shardsTried.GetValueOrDefault(job);

    internal void AddShard(ShardId shard)
    {
        if (_shards.Add(shard))
        {
            _shardsTried[shard.Job] = ShardsTried(shard.Job) + 1;
        }
    }

    internal void AddAdvance(JobId job) => _advances.Add(job);

    internal void AddJob(JobId job) => _jobs.Add(job);
}
