using GridVolunteer.Coordination.Brokering;
using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordinator.Blobs;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Brokering;

/// <summary>Asks shards for as much as an answer can carry, and makes offers of what they grant.</summary>
/// <param name="jobs">Knows what never changes about jobs.</param>
/// <param name="tables">Has the inputs of table jobs.</param>
public sealed class OfferMaker(JobFactsCache jobs, UnitTables tables)
{
    /// <summary>
    /// About how many bytes of inputs one offer carries, judged by the table's average. 4 MiB.
    /// </summary>
    public const long InputsSizeBytesMax = 4 << 20;

    /// <summary>What to ask of a shard.</summary>
    public LeaseRequest Lease(WorkRequest request, HostFacts host, Choice choice, ShardId shard)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(choice);
        var units = Math.Min(choice.UnitsMax, CarriedUnitsMax(shard));
        return new LeaseRequest(
            request.RequestId, units, choice.Expected, host.Threads, request.Wanted!.UrgentSlotFree);
    }

    /// <summary>The offer of a grant, with the inputs of its units where the job is by table.</summary>
    public async ValueTask<GrantOffer> OfferAsync(ShardGrant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        var shard = grant.Grant.Shard;
        ReadOnlyMemory<byte> inputs = default;
        if (shard.Level == 0
            && await jobs.FindAsync(shard.Job, CancellationToken.None) is
            { Submission.Tables: { Count: > 0 } blobs })
        {
            inputs = await tables.ReadInputsAsync(
                blobs[shard.Number], shard.FirstUnit, grant.Runs, CancellationToken.None);
        }

        return new GrantOffer
        {
            Grant = grant.Grant,
            Runs = grant.Runs,
            Inputs = inputs,
            DeadlineSeconds = grant.Lease.TotalSeconds,
            Urgent = grant.Urgent,
        };
    }

    private int CarriedUnitsMax(ShardId shard)
    {
        if (shard.Level > 0 || jobs.Known(shard.Job) is not { Submission: { Tables.Count: > 0 } submission })
        {
            return int.MaxValue;
        }

        var units = WorkGeometry.UnitsInShard(submission.Units, shard.Number);
        var average = Math.Max(1, submission.Tables[shard.Number].LengthBytes / Math.Max(1, units));
        return (int)Math.Clamp(InputsSizeBytesMax / average, 1, int.MaxValue);
    }
}
