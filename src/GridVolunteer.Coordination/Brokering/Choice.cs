using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>Where a broker should look for work.</summary>
/// <param name="Job">The job whose turn it is.</param>
/// <param name="Shard">The shard to ask, or null: ask the job to open one (<c>IJob.AdvanceAsync</c>).</param>
/// <param name="OpenShards">How many of the job's shards the broker believes open, for that call.</param>
/// <param name="UnitsMax">How many units to ask for.</param>
/// <param name="Expected">How long the volunteer will take for a unit on one thread, by estimate.</param>
public sealed record Choice(JobId Job, ShardId? Shard, int OpenShards, int UnitsMax, TimeSpan Expected)
{
    /// <summary>Seconds of work if all of it is granted.</summary>
    public double Seconds => UnitsMax * Expected.TotalSeconds;
}
