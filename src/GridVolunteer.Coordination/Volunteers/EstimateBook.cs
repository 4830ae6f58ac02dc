using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Volunteers;

/// <summary>
/// Seconds that one volunteer takes for a unit of a job's level on one thread, learnt from its reports as a
/// moving average in which a report weighs the more, the more units it tells of. Immutable, so that brokers
/// may read it at any time.
/// </summary>
/// <param name="entries">What is known, the latest learnt first.</param>
public sealed class EstimateBook(IReadOnlyList<UnitEstimate> entries)
{
    /// <summary>Entries kept; beyond, what was learnt longest ago is forgotten.</summary>
    public const int EntriesMax = 256;

    /// <summary>
    /// The shortest and the longest time of a unit that is believed, in seconds; a report of more teaches
    /// this.
    /// </summary>
    public const double SecondsMin = 1e-6;

    /// <inheritdoc cref="SecondsMin"/>
    public const double SecondsMax = 365 * 86_400.0;

    private const double WeightMin = 0.2;
    private const double OldWeightPerUnit = 0.9;

    /// <summary>Nothing learnt yet.</summary>
    public static EstimateBook Empty { get; } = new([]);

    /// <summary>What is known, the latest learnt first.</summary>
    public IReadOnlyList<UnitEstimate> Entries { get; } = entries;

    /// <summary>What it takes, or null before the first report.</summary>
    public TimeSpan? Expected(JobId job, int level) =>
        IndexOf(job, level) is var i and >= 0 ? TimeSpan.FromSeconds(Entries[i].Seconds) : null;

    /// <summary>
    /// The book after a report: <paramref name="units"/> units took <paramref name="seconds"/> in all, summed
    /// over threads. A report of nothing, or of a time that is no time, teaches nothing.
    /// </summary>
    public EstimateBook Learn(JobId job, int level, double seconds, long units)
    {
        if (units < 1 || !double.IsFinite(seconds) || seconds < 0)
        {
            return this;
        }

        var measured = Math.Clamp(seconds / units, SecondsMin, SecondsMax);
        var known = IndexOf(job, level);
        if (known >= 0)
        {
            var weight = Math.Max(WeightMin, 1 - Math.Pow(OldWeightPerUnit, units));
            measured = (weight * measured) + ((1 - weight) * Entries[known].Seconds);
        }

        List<UnitEstimate> learnt = [new(job, level, measured)];
        for (var i = 0; i < Entries.Count && learnt.Count < EntriesMax; i++)
        {
            if (i != known)
            {
                learnt.Add(Entries[i]);
            }
        }

        return new EstimateBook(learnt);
    }

    private int IndexOf(JobId job, int level)
    {
        for (var i = 0; i < Entries.Count; i++)
        {
            if (Entries[i].Job == job && Entries[i].Level == level)
            {
                return i;
            }
        }

        return -1;
    }
}
