namespace GridVolunteer.Workloads.ProteinSearch.Hits;

/// <summary>How many sequences got which score: only scores that occur, in rising order.</summary>
/// <param name="Scores">The scores, from 0.</param>
/// <param name="Counts">How many sequences got each.</param>
public sealed record ScoreCounts(IReadOnlyList<int> Scores, IReadOnlyList<int> Counts)
{
    internal static ScoreCounts Empty { get; } = new([], []);

    /// <summary>Sequences of all scores together.</summary>
    internal long Total => Counts.Sum(count => (long)count);

    /// <summary>The counts of several parts together.</summary>
    internal static ScoreCounts Sum(IEnumerable<ScoreCounts> parts)
    {
        var tally = new ScoreTally();
        foreach (var part in parts)
        {
            tally.Add(part);
        }

        return tally.ToCounts();
    }
}
