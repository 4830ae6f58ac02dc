using System.Collections;

namespace GridVolunteer.Workloads.ProteinSearch.Hits;

/// <summary>
/// Keeps the best hits seen, best first: by score, and of equal scores the earlier in the database.
/// </summary>
/// <param name="limit">How many to keep.</param>
internal sealed class TopHits(int limit) : IEnumerable<(int Place, int Score)>
{
    private readonly SortedSet<(int NegativeScore, int Place)> _hits = [];

    /// <summary>Takes a hit in if it is among the best; scores of 0 are no hits.</summary>
    public void Add(int place, int score)
    {
        if (score <= 0 || (_hits.Count == limit && (-score, place).CompareTo(_hits.Max) > 0))
        {
            return;
        }

        _hits.Add((-score, place));
        if (_hits.Count > limit)
        {
            _hits.Remove(_hits.Max);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<(int Place, int Score)> GetEnumerator() =>
        _hits.Select(hit => (hit.Place, -hit.NegativeScore)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
