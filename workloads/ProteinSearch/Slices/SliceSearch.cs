using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Fasta;
using GridVolunteer.Workloads.ProteinSearch.Hits;
using GridVolunteer.Workloads.ProteinSearch.Kernel;

namespace GridVolunteer.Workloads.ProteinSearch.Slices;

/// <summary>
/// Compares queries with the sequences of a slice, one query after the other, a step of well below a
/// millisecond at a time. What it finds does not depend on where it was interrupted.
/// </summary>
internal sealed class SliceSearch
{
    private readonly IReadOnlyList<QueryProfile> _queries;
    private readonly IReadOnlyList<ProteinSequence> _database;
    private readonly SearchKernel _kernel;
    private readonly int[] _places;
    private readonly byte[][] _sequences;
    private readonly long _sliceResidues;
    private readonly double _cells;
    private readonly List<QueryTally> _tallies = [];
    private readonly int _top;
    private QueryRun? _run;
    private double _cellsDone;
    private long _residuesRead;

    /// <summary>Starts at the slice's beginning.</summary>
    public SliceSearch(
        IReadOnlyList<QueryProfile> queries, ProteinDatabase database, DatabaseSlice slice, int top,
        SearchKernel kernel)
    {
        _queries = queries;
        _database = database.Sequences;
        _kernel = kernel;
        _top = top;
        var order = LongestFirst.Order(slice.Count, i => _database[slice.First + i].Residues.Length);
        _places = Array.ConvertAll(order, i => slice.First + i);
        _sequences = Array.ConvertAll(_places, place => _database[place].Residues);
        _sliceResidues = _sequences.Sum(residues => (long)residues.Length);
        _cells = (double)_sliceResidues * queries.Sum(query => (long)query.Length);
        Begin(new QueryTally(top), next: 0, unfinished: []);
    }

    /// <summary>Whether all is found.</summary>
    public bool IsDone => _run is null;

    /// <summary>How far it is, 0 to 1.</summary>
    public double Fraction =>
        IsDone ? 1 : (_cellsDone + ((double)Math.Min(_residuesRead, _sliceResidues) * Query.Length)) / _cells;

    private QueryProfile Query => _queries[_tallies.Count - 1];

    /// <summary>What each query found; when all is done.</summary>
    public IReadOnlyList<QueryHits> Found => [.. _queries.Zip(_tallies, (query, tally) => new QueryHits(
        query.Name, query.Length, tally.Hits(_database), tally.Scores))];

    /// <summary>Goes on for a moment.</summary>
    public void Advance(CancellationToken cancellationToken)
    {
        _residuesRead += _run!.StepResidues;
        var tally = _tallies[^1];
        foreach (var (id, score) in _run.Advance(cancellationToken))
        {
            tally.Add(_places[id], score);
        }

        if (_run.IsDone)
        {
            _cellsDone += (double)_sliceResidues * Query.Length;
            _run = null;
            if (_tallies.Count < _queries.Count)
            {
                Begin(new QueryTally(_top), next: 0, unfinished: []);
            }
        }
    }

    /// <summary>The state from which another search can go on.</summary>
    public SliceProgress Save() =>
        new(_run!.Next, _run.Unfinished, [.. _tallies.Select(tally => tally.Save())]);

    /// <summary>Goes on from a state; false if no search of this slice can have left it.</summary>
    public bool TryRestore(SliceProgress progress)
    {
        if (!CanBeOurs(progress))
        {
            return false;
        }

        _tallies.Clear();
        foreach (var query in progress.Queries.SkipLast(1))
        {
            _tallies.Add(new QueryTally(_top, query));
            _cellsDone += (double)_sliceResidues * Query.Length;
        }

        Begin(new QueryTally(_top, progress.Queries[^1]), progress.Next, progress.Unfinished);
        return true;
    }

    private void Begin(QueryTally tally, int next, IReadOnlyList<int> unfinished)
    {
        _tallies.Add(tally);
        _run = new QueryRun(_kernel, Query, _sequences, next, unfinished);
        _residuesRead = _sequences.Take(next).Sum(residues => (long)residues.Length)
            - unfinished.Sum(id => (long)_sequences[id].Length);
    }

    private bool CanBeOurs(SliceProgress progress)
    {
        var (next, unfinished, queries) = progress;
        if (queries.Count == 0 || queries.Count > _queries.Count || queries.Contains(null!)
            || next < 0 || next > _sequences.Length
            || unfinished.Any(id => id < 0 || id >= next)
            || unfinished.Zip(unfinished.Skip(1)).Any(pair => pair.First >= pair.Second)
            || (next == _sequences.Length && unfinished.Count == 0))
        {
            return false;
        }

        var inSlice = _places.ToHashSet();
        return queries.Index().All(query => QueryTally.CanBe(
            query.Item, _top, inSlice,
            sequences: query.Index < queries.Count - 1 ? _sequences.Length : next - unfinished.Count));
    }
}
