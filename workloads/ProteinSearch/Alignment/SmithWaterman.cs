namespace GridVolunteer.Workloads.ProteinSearch.Alignment;

/// <summary>
/// The best local alignment score of two proteins (T. Smith, M. Waterman, 1981) with affine gaps in O.
/// Gotoh's way (1982): exact, in 32 bits, with memory for one column. Opening a gap costs 11 and each of its
/// residues 1, so the first residue of a gap costs 12, as BLAST counts. One instance per thread: it keeps its
/// working memory.
/// </summary>
internal sealed class SmithWaterman
{
    private const int GapFirst = 12;
    private const int GapNext = 1;

    /// <summary>A check for cancellation every so many cells: a few milliseconds.</summary>
    private const int CellsPerCheck = 1 << 21;

    private int[] _best = [];
    private int[] _gap = [];

    /// <summary>The score, 0 or more.</summary>
    public int Score(QueryProfile query, ReadOnlySpan<byte> target, CancellationToken cancellationToken)
    {
        if (_best.Length < query.Length)
        {
            _best = new int[query.Length];
            _gap = new int[query.Length];
        }

        // best[i]: best alignment that ends at query residue i and the last target residue seen.
        // gap[i]: the same, but ending in a gap in the query.
        var best = _best.AsSpan(0, query.Length);
        var gap = _gap.AsSpan(0, query.Length);
        best.Clear();
        gap.Fill(-GapFirst);
        var score = 0;
        var columnsPerCheck = Math.Max(1, CellsPerCheck / query.Length);
        for (var j = 0; j < target.Length; j++)
        {
            if (j % columnsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            score = Math.Max(score, NextColumn(query.RowOf(target[j]), best, gap));
        }

        return score;
    }

    /// <summary>Takes one more residue of the target in; returns the best score that ends there.</summary>
    private static int NextColumn(ReadOnlySpan<sbyte> scores, Span<int> best, Span<int> gap)
    {
        gap = gap[..scores.Length];
        best = best[..scores.Length];
        var columnBest = 0;
        var diagonal = 0;
        var gapInTarget = -GapFirst;
        for (var i = 0; i < scores.Length; i++)
        {
            var gapInQuery = gap[i];
            var here = Math.Max(Math.Max(diagonal + scores[i], 0), Math.Max(gapInQuery, gapInTarget));
            diagonal = best[i];
            best[i] = here;
            columnBest = Math.Max(columnBest, here);
            var opened = here - GapFirst;
            gap[i] = Math.Max(gapInQuery - GapNext, opened);
            gapInTarget = Math.Max(gapInTarget - GapNext, opened);
        }

        return columnBest;
    }
}
