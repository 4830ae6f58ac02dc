using GridVolunteer.Workloads.ProteinSearch.Alignment;

namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>
/// Exact Smith-Waterman scores at the full speed of one core. Aligns in lanes of 8 bits; what does not fit
/// is done again in 16 bits, and what does not fit there in 32. Keeps its memory from query to query. Not
/// safe to use from several threads at once, and one <see cref="QueryRun"/> at a time.
/// </summary>
/// <param name="width">The vectors to use.</param>
/// <param name="smallest">The first size to try; larger than 8 bits in tests only.</param>
internal sealed class SearchKernel(SimdWidth width, ScoreSize smallest = ScoreSize.Bits8)
{
    private readonly LaneAligner?[] _aligners = new LaneAligner?[(int)ScoreSize.Bits32 + 1];

    /// <summary>Uses the widest vectors of this machine.</summary>
    public SearchKernel()
        : this(LaneAligner.WidthOfThisMachine)
    {
    }

    /// <summary>The first size to try.</summary>
    public ScoreSize Smallest => smallest;

    /// <summary>The aligner for one size.</summary>
    public LaneAligner Of(ScoreSize size) => _aligners[(int)size] ??= LaneAligner.Create(width, size);

    /// <summary>A query's score against each of some sequences, in their order.</summary>
    /// <param name="query">The query.</param>
    /// <param name="sequences">The sequences, of at least one residue each, in any order.</param>
    /// <param name="cancellationToken">Looked at every few milliseconds.</param>
    public int[] Scores(
        QueryProfile query, IReadOnlyList<byte[]> sequences, CancellationToken cancellationToken)
    {
        var order = LongestFirst.Order(sequences.Count, place => sequences[place].Length);
        var run = new QueryRun(this, query, [.. order.Select(place => sequences[place])]);
        var scores = new int[sequences.Count];
        while (!run.IsDone)
        {
            foreach (var (id, score) in run.Advance(cancellationToken))
            {
                scores[order[id]] = score;
            }
        }

        return scores;
    }
}
