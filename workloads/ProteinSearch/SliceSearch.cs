using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Fasta;
using GridVolunteer.Workloads.ProteinSearch.Hits;

namespace GridVolunteer.Workloads.ProteinSearch;

/// <summary>
/// Compares queries with one sequence of the database after the other, keeping the best hits.
/// </summary>
internal sealed class SliceSearch
{
    private readonly IReadOnlyList<QueryProfile> _queries;
    private readonly TopHits[] _hits;
    private readonly SmithWaterman _aligner = new();

    public SliceSearch(IReadOnlyList<QueryProfile> queries, int top)
    {
        _queries = queries;
        _hits = [.. queries.Select(_ => new TopHits(top))];
    }

    /// <summary>The best hits so far, one list for each query.</summary>
    public IReadOnlyList<IReadOnlyList<Hit>> Hits => [.. _hits.Select(h => h.ToList())];

    /// <summary>Takes in what an earlier attempt found.</summary>
    public void Restore(SliceProgress progress)
    {
        foreach (var (kept, found) in _hits.Zip(progress.Hits))
        {
            foreach (var hit in found)
            {
                kept.Add(hit);
            }
        }
    }

    /// <summary>Compares every query with a sequence; returns the cells of the matrices that took.</summary>
    public long Compare(ProteinSequence target, int place, CancellationToken cancellationToken)
    {
        var cells = 0L;
        for (var q = 0; q < _queries.Count; q++)
        {
            var score = _aligner.Score(_queries[q], target.Residues, cancellationToken);
            cells += (long)_queries[q].Length * target.Residues.Length;
            if (score >= _hits[q].ScoreMin)
            {
                _hits[q].Add(new Hit(target.Name, place, score));
            }
        }

        return cells;
    }
}
