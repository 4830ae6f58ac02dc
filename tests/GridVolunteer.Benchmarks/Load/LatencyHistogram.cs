namespace GridVolunteer.Benchmarks.Load;

/// <summary>
/// Latencies in buckets that grow by about 2 %, from 1 µs to 100 s. Safe for concurrent use.
/// </summary>
public sealed class LatencyHistogram
{
    private const double Growth = 1.02;
    private readonly long[] _buckets = new long[(int)(Math.Log(1e8) / Math.Log(Growth)) + 2];

    /// <summary>Counts one.</summary>
    public void Add(TimeSpan latency)
    {
        var bucket = (int)(Math.Log(Math.Max(1, latency.TotalMicroseconds)) / Math.Log(Growth));
        Interlocked.Increment(ref _buckets[Math.Min(bucket, _buckets.Length - 1)]);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_buckets);

    /// <summary>
    /// The latency in milliseconds that <paramref name="fraction"/> of all stay below; 0 when there are none.
    /// </summary>
    public double QuantileMs(double fraction)
    {
        var left = (long)Math.Ceiling(_buckets.Sum() * fraction);
        for (var i = 0; i < _buckets.Length && left > 0; i++)
        {
            left -= _buckets[i];
            if (left <= 0)
            {
                return Math.Pow(Growth, i + 1) / 1000;
            }
        }

        return 0;
    }
}
