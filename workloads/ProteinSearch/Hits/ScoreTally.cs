using System.Runtime.InteropServices;

namespace GridVolunteer.Workloads.ProteinSearch.Hits;

/// <summary>Counts scores.</summary>
internal sealed class ScoreTally
{
    private readonly Dictionary<int, int> _counts = [];

    /// <summary>Counts a score, once or several times.</summary>
    public void Add(int score, int count = 1) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, score, out _) += count;

    /// <summary>Counts what others have counted.</summary>
    public void Add(ScoreCounts counts)
    {
        for (var i = 0; i < counts.Scores.Count; i++)
        {
            Add(counts.Scores[i], counts.Counts[i]);
        }
    }

    /// <summary>The counts so far.</summary>
    public ScoreCounts ToCounts()
    {
        int[] scores = [.. _counts.Keys.Order()];
        return new ScoreCounts(scores, Array.ConvertAll(scores, score => _counts[score]));
    }
}
