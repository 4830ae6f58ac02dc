using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Benchmarks.Load;

/// <summary>What all volunteers of a load note together. Safe for concurrent use.</summary>
/// <param name="jobs">The jobs of the load.</param>
public sealed class LoadCounters(IEnumerable<JobId> jobs)
{
    private long _exchanges;
    private long _ignored;

    /// <summary>Acknowledged units by job.</summary>
    public IReadOnlyDictionary<JobId, AcknowledgedUnits> Acknowledged { get; } =
        jobs.ToDictionary(j => j, _ => new AcknowledgedUnits());

    /// <summary>Latency of exchanges that brought a grant.</summary>
    public LatencyHistogram Leases { get; } = new();

    /// <summary>Latency of exchanges that handed results in.</summary>
    public LatencyHistogram Reports { get; } = new();

    /// <summary>Exchanges answered.</summary>
    public long Exchanges => Interlocked.Read(ref _exchanges);

    /// <summary>Results that the coordinator had no need of.</summary>
    public long Ignored => Interlocked.Read(ref _ignored);

    /// <summary>An exchange was answered.</summary>
    public void OnAnswered(TimeSpan latency, bool reported, bool leased)
    {
        Interlocked.Increment(ref _exchanges);
        if (reported)
        {
            Reports.Add(latency);
        }

        if (leased)
        {
            Leases.Add(latency);
        }
    }

    /// <summary>Results were handed in that nobody needed.</summary>
    public void OnIgnored(int units) => Interlocked.Add(ref _ignored, units);

    /// <summary>Starts the latencies anew.</summary>
    public void BeginMeasuring()
    {
        Leases.Clear();
        Reports.Clear();
    }
}
