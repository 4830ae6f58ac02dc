using GridVolunteer.Workloads.ProteinSearch.Alignment;

namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>
/// One query against a row of sequences, a step at a time, so that whoever drives it can stop between steps
/// and say what is left. Every sequence's exact score is given once, in no particular order.
/// </summary>
internal sealed class QueryRun
{
    private readonly SearchKernel _kernel;
    private readonly QueryProfile _query;
    private readonly IReadOnlyList<byte[]> _sequences;
    private readonly List<int> _saturated = [];
    private readonly LaneScore[] _exact;
    private LaneAligner _aligner;
    private ScoreSize _size;

    // What waits for a lane: first those of the list, then the sequences from the next on.
    private List<int> _again;
    private int _againNext;
    private int _next;

    /// <summary>Starts, or goes on where another left off.</summary>
    /// <param name="kernel">The kernel; this run has it to itself.</param>
    /// <param name="query">The query.</param>
    /// <param name="sequences">The sequences, best the longest first.</param>
    /// <param name="next">The first of the sequences that never had a lane.</param>
    /// <param name="unfinished">Those before it that have no score yet.</param>
    public QueryRun(
        SearchKernel kernel, QueryProfile query, IReadOnlyList<byte[]> sequences, int next = 0,
        IReadOnlyList<int>? unfinished = null)
    {
        _kernel = kernel;
        _query = query;
        _sequences = sequences;
        _next = next;
        _again = [.. unfinished ?? []];
        _size = kernel.Smallest;
        _aligner = kernel.Of(_size);
        _exact = new LaneScore[_aligner.Lanes];
        _aligner.Begin(query);
        FillLanes();
    }

    /// <summary>Whether every sequence has its score.</summary>
    public bool IsDone => _aligner.Taken == 0;

    /// <summary>The first of the sequences that never had a lane.</summary>
    public int Next => _next;

    /// <summary>Sequences before <see cref="Next"/> that have no score yet, in rising order.</summary>
    public int[] Unfinished => [.. _saturated.Concat(_aligner.Ids).Concat(_again.Skip(_againNext)).Order()];

    /// <summary>Residues that the next step takes in, all lanes together, at most.</summary>
    public int StepResidues => _aligner.Taken * LaneReader.Columns;

    /// <summary>Takes a step. The scores that it gives are valid until the next.</summary>
    public ReadOnlySpan<LaneScore> Advance(CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var score in _aligner.Advance(cancellationToken))
        {
            if (score.Score < _aligner.ScoreLimit)
            {
                _exact[count++] = score;
            }
            else
            {
                _saturated.Add(score.Id);
            }
        }

        FillLanes();
        if (IsDone && _saturated.Count > 0)
        {
            _aligner = _kernel.Of(++_size);
            _aligner.Begin(_query);
            _again = [.. _saturated.Order()];
            _againNext = 0;
            _saturated.Clear();
            FillLanes();
        }

        return _exact.AsSpan(0, count);
    }

    private void FillLanes()
    {
        while (_aligner.Taken < _aligner.Lanes && TryTakeNext(out var id))
        {
            _aligner.Admit(id, _sequences[id]);
        }
    }

    private bool TryTakeNext(out int id)
    {
        if (_againNext < _again.Count)
        {
            id = _again[_againNext++];
            return true;
        }

        id = _next;
        return id < _sequences.Count && ++_next > 0;
    }
}
