using GridVolunteer.Workloads.ProteinSearch.Fasta;
using GridVolunteer.Workloads.ProteinSearch.Hits;

namespace GridVolunteer.Workloads.ProteinSearch.Slices;

/// <summary>What one query has found so far: its best hits and how often each score occurred.</summary>
internal sealed class QueryTally
{
    private readonly TopHits _hits;
    private readonly ScoreTally _scores = new();

    /// <summary>Starts with nothing.</summary>
    public QueryTally(int top) => _hits = new TopHits(top);

    /// <summary>Goes on from a checkpoint.</summary>
    public QueryTally(int top, QueryProgress progress)
        : this(top)
    {
        foreach (var (place, score) in progress.Places.Zip(progress.HitScores))
        {
            _hits.Add(place, score);
        }

        _scores.Add(progress.Scores);
    }

    /// <summary>How often each score occurred.</summary>
    public ScoreCounts Scores => _scores.ToCounts();

    /// <summary>Whether this is what a query may have found among so many sequences.</summary>
    public static bool CanBe(QueryProgress progress, int top, HashSet<int> places, int sequences)
    {
        var (hits, hitScores, (scores, counts)) = progress;
        return hits.Count == hitScores.Count && hits.Count <= Math.Min(top, sequences)
            && hits.All(places.Contains) && hits.Distinct().Count() == hits.Count
            && scores.Count == counts.Count && scores.All(score => score >= 0)
            && scores.Distinct().Count() == scores.Count && counts.All(count => count > 0)
            && progress.Scores.Total == sequences
            && hitScores.All(score => score > 0 && scores.Contains(score));
    }

    /// <summary>Takes a sequence's score in.</summary>
    public void Add(int place, int score)
    {
        _scores.Add(score);
        _hits.Add(place, score);
    }

    /// <summary>The best hits, best first.</summary>
    public IReadOnlyList<Hit> Hits(IReadOnlyList<ProteinSequence> database) =>
        [.. _hits.Select(hit => new Hit(database[hit.Place].Name, hit.Place, hit.Score))];

    /// <summary>The state to go on from.</summary>
    public QueryProgress Save()
    {
        var hits = _hits.ToArray();
        return new QueryProgress(
            Array.ConvertAll(hits, hit => hit.Place), Array.ConvertAll(hits, hit => hit.Score), Scores);
    }
}
