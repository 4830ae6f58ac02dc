namespace GridVolunteer.Sdk;

/// <summary>
/// The results that one merge takes in, in the order of their units, failed ones as explicit holes.
/// </summary>
/// <typeparam name="TResult">The workload's result.</typeparam>
public sealed class MergeSet<TResult>
{
    internal MergeSet(int level, long index, bool isLast, IReadOnlyList<MergeChild<TResult>> children)
    {
        Level = level;
        Index = index;
        IsLast = isLast;
        Children = children;
    }

    /// <summary>The merge level: 1 takes results of work units, 2 results of level 1, and so on.</summary>
    public int Level { get; }

    /// <summary>This merge's index in its level.</summary>
    public long Index { get; }

    /// <summary>True for the one merge whose result becomes the job's output.</summary>
    public bool IsLast { get; }

    /// <summary>Everything in order, holes included.</summary>
    public IReadOnlyList<MergeChild<TResult>> Children { get; }

    /// <summary>The results that are there, in order. It may be that there is none.</summary>
    public IEnumerable<TResult> Results => Children.Where(c => !c.IsHole).Select(c => c.Result!);

    /// <summary>Indexes of the children that failed for good, in order.</summary>
    public IEnumerable<long> Holes => Children.Where(c => c.IsHole).Select(c => c.Index);
}
