using System.Diagnostics.Metrics;
using GridVolunteer.Cluster.Grains;

namespace GridVolunteer.Cluster.Silos;

/// <summary>
/// How often this silo called grains, by kind, and how often it found at hand what it would else have called. Tells
/// whether any grain sees more of the load than its share. Safe for concurrent use.
/// </summary>
internal sealed class CallCounts
{
    private long _catalog;
    private long _jobs;
    private long _shards;
    private long _volunteers;
    private long _atHand;

    /// <summary>Calls of the register of jobs.</summary>
    public long Catalog => Interlocked.Read(ref _catalog);

    /// <summary>Calls of jobs.</summary>
    public long Jobs => Interlocked.Read(ref _jobs);

    /// <summary>Calls of shards.</summary>
    public long Shards => Interlocked.Read(ref _shards);

    /// <summary>Calls of volunteers.</summary>
    public long Volunteers => Interlocked.Read(ref _volunteers);

    /// <summary>Calls that needed no message, because what was asked lives on this silo.</summary>
    public long AtHand => Interlocked.Read(ref _atHand);

    /// <summary>All of them as a meter takes them.</summary>
    public IEnumerable<Measurement<long>> Measurements() =>
    [
        new(Catalog, KeyValuePair.Create<string, object?>("to", "catalog")),
        new(Jobs, KeyValuePair.Create<string, object?>("to", "job")),
        new(Shards, KeyValuePair.Create<string, object?>("to", "shard")),
        new(Volunteers, KeyValuePair.Create<string, object?>("to", "volunteer")),
        new(AtHand, KeyValuePair.Create<string, object?>("to", "hand")),
    ];

    /// <summary>A grain is called.</summary>
    public void OnCall<TGrain>()
    {
        if (typeof(TGrain) == typeof(IWorkShardGrain))
        {
            Interlocked.Increment(ref _shards);
        }
        else if (typeof(TGrain) == typeof(IVolunteerGrain))
        {
            Interlocked.Increment(ref _volunteers);
        }
        else if (typeof(TGrain) == typeof(IJobGrain))
        {
            Interlocked.Increment(ref _jobs);
        }
        else if (typeof(TGrain) == typeof(ICatalogGrain))
        {
            Interlocked.Increment(ref _catalog);
        }
    }

    /// <summary>What was asked lives here.</summary>
    public void OnAtHand() => Interlocked.Increment(ref _atHand);
}
