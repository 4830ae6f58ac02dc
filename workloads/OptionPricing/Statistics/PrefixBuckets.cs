namespace GridVolunteer.Workloads.OptionPricing.Statistics;

/// <summary>
/// Cuts a contract's samples into buckets that end at 1, 2^-1/4, 2^-1/2, … of their number, so that sums of
/// buckets give the sums of the first so many samples, for the picture of convergence. The ends depend on the
/// number of samples alone, not on how units cut them, so bucket sums are as exact as totals.
/// </summary>
internal sealed class PrefixBuckets
{
    private const int PerOctave = 4;
    private const int OctavesMax = 10;
    private const int FirstEndMin = 32;

    private static readonly double[] Fractions =
        [1, 0.8408964152537145, 0.7071067811865476, 0.5946035575013605];

    private readonly long[] _ends;

    private PrefixBuckets(long[] ends) => _ends = ends;

    /// <summary>How many there are.</summary>
    public int Count => _ends.Length;

    /// <summary>All samples in one bucket.</summary>
    public static PrefixBuckets Single(long samples) => new([samples]);

    /// <summary>Buckets for a picture.</summary>
    public static PrefixBuckets For(long samples)
    {
        var ends = new SortedSet<long> { samples };
        for (var i = 0; i < PerOctave * OctavesMax; i++)
        {
            // Halves and products are rounded as IEEE says, on every machine.
            var end = (long)((samples >> (i / PerOctave)) * Fractions[i % PerOctave]);
            if (end >= FirstEndMin)
            {
                ends.Add(end);
            }
        }

        return new PrefixBuckets([.. ends]);
    }

    /// <summary>The bucket that a sample is in.</summary>
    public int Of(long sample)
    {
        var at = Array.BinarySearch(_ends, sample);
        return at < 0 ? ~at : at + 1;
    }

    /// <summary>A bucket's first sample.</summary>
    public long Start(int bucket) => bucket == 0 ? 0 : _ends[bucket - 1];

    /// <summary>The sample after a bucket's last.</summary>
    public long End(int bucket) => _ends[bucket];
}
