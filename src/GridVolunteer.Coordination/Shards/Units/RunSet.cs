namespace GridVolunteer.Coordination.Shards.Units;

/// <summary>
/// A set of units of one shard, kept as sorted runs of four bytes that neither touch nor overlap: a
/// volunteer's share of a shard is a handful of runs, however many units it is.
/// </summary>
internal sealed class RunSet
{
    // The first unit in the upper half, the last one in the lower.
    private uint[] _runs = [];

    /// <summary>Runs in the set.</summary>
    public int RunCount { get; private set; }

    /// <summary>Units in the set.</summary>
    public int UnitCount { get; private set; }

    /// <summary>True when the set has no unit.</summary>
    public bool IsEmpty => RunCount == 0;

    /// <summary>The run at a place, in increasing order.</summary>
    public LocalRun this[int index] => new(Start(index), Last(index) - Start(index) + 1);

    /// <summary>
    /// Whether all units from <paramref name="start"/> on, <paramref name="count"/> of them, are in the set.
    /// </summary>
    public bool Contains(int start, int count = 1)
    {
        var i = FirstEndingAtOrAfter(start);
        return i < RunCount && Start(i) <= start && Last(i) >= start + count - 1;
    }

    /// <summary>Whether any of the units is in the set.</summary>
    public bool Intersects(int start, int count)
    {
        var i = FirstEndingAtOrAfter(start);
        return i < RunCount && Start(i) < start + count;
    }

    /// <summary>Adds units; those that are in already stay.</summary>
    public void Add(int start, int count)
    {
        var low = FirstEndingAtOrAfter(start - 1);
        var high = low;
        var last = start + count - 1;
        var first = start;
        while (high < RunCount && Start(high) <= last + 1)
        {
            first = Math.Min(first, Start(high));
            last = Math.Max(last, Last(high));
            UnitCount -= Last(high) - Start(high) + 1;
            high++;
        }

        Replace(low, high, [Pack(first, last)]);
        UnitCount += last - first + 1;
    }

    /// <summary>Adds every unit of another set.</summary>
    public void Add(RunSet other)
    {
        for (var i = 0; i < other.RunCount; i++)
        {
            Add(other[i].Start, other[i].Count);
        }
    }

    /// <summary>Takes units out; those that are not in do not matter.</summary>
    public void Remove(int start, int count)
    {
        var low = FirstEndingAtOrAfter(start);
        var high = low;
        var end = start + count;
        Span<uint> rest = stackalloc uint[2];
        var pieces = 0;
        while (high < RunCount && Start(high) < end)
        {
            var (first, last) = (Start(high), Last(high));
            UnitCount -= last - first + 1;
            if (first < start)
            {
                rest[pieces++] = Pack(first, start - 1);
                UnitCount += start - first;
            }

            if (last >= end)
            {
                rest[pieces++] = Pack(end, last);
                UnitCount += last - end + 1;
            }

            high++;
        }

        Replace(low, high, rest[..pieces]);
    }

    /// <summary>
    /// The next part of the set within [<paramref name="from"/>, <paramref name="end"/>); moves past it.
    /// </summary>
    public bool NextWithin(ref int from, int end, out LocalRun run)
    {
        var i = FirstEndingAtOrAfter(from);
        if (from >= end || i >= RunCount || Start(i) >= end)
        {
            run = default;
            from = end;
            return false;
        }

        var start = Math.Max(from, Start(i));
        from = Math.Min(end, Last(i) + 1);
        run = new LocalRun(start, from - start);
        return true;
    }

    /// <summary>
    /// The next units within [<paramref name="from"/>, <paramref name="end"/>) that are not in the set; moves
    /// past them.
    /// </summary>
    public bool NextMissing(ref int from, int end, out LocalRun run)
    {
        var i = FirstEndingAtOrAfter(from);
        if (i < RunCount && Start(i) <= from)
        {
            from = Last(i) + 1;
            i++;
        }

        if (from >= end)
        {
            run = default;
            from = end;
            return false;
        }

        var start = from;
        from = i < RunCount ? Math.Min(end, Start(i)) : end;
        run = new LocalRun(start, from - start);
        return true;
    }

    /// <summary>The set's runs as an array.</summary>
    public LocalRun[] ToArray()
    {
        var runs = new LocalRun[RunCount];
        for (var i = 0; i < runs.Length; i++)
        {
            runs[i] = this[i];
        }

        return runs;
    }

    private static uint Pack(int first, int last) => ((uint)first << 16) | (uint)last;

    private int Start(int index) => (int)(_runs[index] >> 16);

    private int Last(int index) => (int)(_runs[index] & 0xFFFF);

    private int FirstEndingAtOrAfter(int unit)
    {
        // Work goes upwards through a shard, so what is asked for is mostly at the end.
        if (RunCount == 0 || Last(RunCount - 1) < unit)
        {
            return RunCount;
        }

        var (low, high) = (0, RunCount - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Last(middle) < unit)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void Replace(int low, int high, ReadOnlySpan<uint> by)
    {
        var length = RunCount - (high - low) + by.Length;
        if (length > _runs.Length)
        {
            Array.Resize(ref _runs, Math.Max(length, 2 * _runs.Length));
        }

        _runs.AsSpan(high, RunCount - high).CopyTo(_runs.AsSpan(low + by.Length));
        by.CopyTo(_runs.AsSpan(low));
        RunCount = length;
    }
}
