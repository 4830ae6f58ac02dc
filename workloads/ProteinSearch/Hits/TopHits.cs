namespace GridVolunteer.Workloads.ProteinSearch.Hits;

/// <summary>Keeps the best hits seen.</summary>
/// <param name="limit">How many to keep.</param>
internal sealed class TopHits(int limit)
{
    private readonly SortedSet<Hit> _hits = [];

    /// <summary>The score that a hit needs to get in.</summary>
    public int ScoreMin => _hits.Count < limit ? 1 : _hits.Max!.Score;

    /// <summary>Takes a hit in if it is among the best.</summary>
    public void Add(Hit hit)
    {
        if (hit.Score < ScoreMin)
        {
            return;
        }

        _hits.Add(hit);
        if (_hits.Count > limit)
        {
            _hits.Remove(_hits.Max!);
        }
    }

    /// <summary>The hits, best first.</summary>
    public IReadOnlyList<Hit> ToList() => [.. _hits];
}
