using GridVolunteer.Workloads.ProteinSearch.Alignment;

namespace GridVolunteer.Workloads.ProteinSearch.Tracebacks;

/// <summary>
/// The best alignment of two sequences from end to end, with memory for a few rows (E. Myers, W. Miller,
/// "Optimal alignments in linear space", 1988, after D. Hirschberg, 1975): costs of reaching the middle row
/// of the query from the start, and the end from there, tell where the alignment crosses it; both halves are
/// aligned the same way. A cost is a score with its sign turned, so the least is looked for.
/// </summary>
/// <param name="targetLengthMax">The longest target to be aligned.</param>
internal sealed class GlobalAligner(int targetLengthMax)
{
    private const int Open = GapCosts.First - GapCosts.Next;
    private const int Extend = GapCosts.Next;

    // For each column: the cost from the start, and of those that end in a gap in the target; the same from
    // the end.
    private readonly int[] _forward = new int[targetLengthMax + 1];
    private readonly int[] _forwardGap = new int[targetLengthMax + 1];
    private readonly int[] _backward = new int[targetLengthMax + 1];
    private readonly int[] _backwardGap = new int[targetLengthMax + 1];
    private readonly List<AlignmentStep> _steps = [];

    /// <summary>The steps of the best alignment.</summary>
    public IReadOnlyList<AlignmentStep> Align(ReadOnlySpan<byte> query, ReadOnlySpan<byte> target)
    {
        _steps.Clear();
        Align(query, target, new GapEnds(Open, Open));
        return [.. _steps];
    }

    private void Align(ReadOnlySpan<byte> query, ReadOnlySpan<byte> target, GapEnds ends)
    {
        if (query.Length <= 1 || target.Length == 0)
        {
            AlignOne(query, target, ends);
            return;
        }

        var middle = query.Length / 2;
        RunForward(query[..middle], target, ends.Start);
        RunBackward(query[middle..], target, ends.End);
        var (column, isInGap) = Crossing(target.Length);
        if (isInGap)
        {
            Align(query[..(middle - 1)], target[..column], new GapEnds(ends.Start, 0));
            Add(AlignmentStep.QueryOnly, 2);
            Align(query[(middle + 1)..], target[column..], new GapEnds(0, ends.End));
        }
        else
        {
            Align(query[..middle], target[..column], new GapEnds(ends.Start, Open));
            Align(query[middle..], target[column..], new GapEnds(Open, ends.End));
        }
    }

    private void AlignOne(ReadOnlySpan<byte> query, ReadOnlySpan<byte> target, GapEnds ends)
    {
        if (query.Length == 0 || target.Length == 0)
        {
            Add(AlignmentStep.QueryOnly, query.Length);
            Add(AlignmentStep.TargetOnly, target.Length);
            return;
        }

        var least = Math.Min(ends.Start, ends.End) + Extend + Gap(target.Length);
        var partner = -1;
        var gains = Blosum62.RowOf(query[0]);
        for (var j = 0; j < target.Length; j++)
        {
            var cost = Gap(j) - gains[target[j]] + Gap(target.Length - 1 - j);
            if (cost < least)
            {
                least = cost;
                partner = j;
            }
        }

        if (partner >= 0)
        {
            Add(AlignmentStep.TargetOnly, partner);
            Add(AlignmentStep.Pair, 1);
            Add(AlignmentStep.TargetOnly, target.Length - 1 - partner);
        }
        else if (ends.Start <= ends.End)
        {
            Add(AlignmentStep.QueryOnly, 1);
            Add(AlignmentStep.TargetOnly, target.Length);
        }
        else
        {
            Add(AlignmentStep.TargetOnly, target.Length);
            Add(AlignmentStep.QueryOnly, 1);
        }
    }

    private void RunForward(ReadOnlySpan<byte> query, ReadOnlySpan<byte> target, int openAtStart)
    {
        _forward[0] = 0;
        for (var j = 1; j <= target.Length; j++)
        {
            _forward[j] = Gap(j);
            _forwardGap[j] = _forward[j] + Open;
        }

        for (var i = 0; i < query.Length; i++)
        {
            var gains = Blosum62.RowOf(query[i]);
            var diagonal = _forward[0];
            var here = openAtStart + ((i + 1) * Extend);
            _forward[0] = here;
            var gap = here + Open;
            for (var j = 1; j <= target.Length; j++)
            {
                gap = Math.Min(gap, here + Open) + Extend;
                var down = Math.Min(_forwardGap[j], _forward[j] + Open) + Extend;
                _forwardGap[j] = down;
                here = Math.Min(Math.Min(down, gap), diagonal - gains[target[j - 1]]);
                diagonal = _forward[j];
                _forward[j] = here;
            }
        }

        _forwardGap[0] = _forward[0];
    }

    private void RunBackward(ReadOnlySpan<byte> query, ReadOnlySpan<byte> target, int openAtEnd)
    {
        var last = target.Length;
        _backward[last] = 0;
        for (var j = last - 1; j >= 0; j--)
        {
            _backward[j] = Gap(last - j);
            _backwardGap[j] = _backward[j] + Open;
        }

        for (var i = query.Length - 1; i >= 0; i--)
        {
            var gains = Blosum62.RowOf(query[i]);
            var diagonal = _backward[last];
            var here = openAtEnd + ((query.Length - i) * Extend);
            _backward[last] = here;
            var gap = here + Open;
            for (var j = last - 1; j >= 0; j--)
            {
                gap = Math.Min(gap, here + Open) + Extend;
                var up = Math.Min(_backwardGap[j], _backward[j] + Open) + Extend;
                _backwardGap[j] = up;
                here = Math.Min(Math.Min(up, gap), diagonal - gains[target[j]]);
                diagonal = _backward[j];
                _backward[j] = here;
            }
        }

        _backwardGap[last] = _backward[last];
    }

    /// <summary>Where the best alignment crosses the middle, and whether within a gap in the target.</summary>
    private (int Column, bool IsInGap) Crossing(int columns)
    {
        var (crossing, isInGap, least) = (0, false, int.MaxValue);
        for (var j = 0; j <= columns; j++)
        {
            if (_forward[j] + _backward[j] < least)
            {
                (crossing, least) = (j, _forward[j] + _backward[j]);
            }
        }

        for (var j = 0; j <= columns; j++)
        {
            // Both halves have paid for opening it.
            var cost = _forwardGap[j] + _backwardGap[j] - Open;
            if (cost < least)
            {
                (crossing, isInGap, least) = (j, true, cost);
            }
        }

        return (crossing, isInGap);
    }

    private static int Gap(int length) => length == 0 ? 0 : Open + (length * Extend);

    private void Add(AlignmentStep step, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _steps.Add(step);
        }
    }
}
