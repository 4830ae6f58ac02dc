using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Volunteers;

/// <summary>One grant that a volunteer holds, as far as the volunteer's entity knows.</summary>
internal sealed class HeldGrant(long exchange)
{
    private List<UnitRun>? _outstanding;

    /// <summary>
    /// The exchange it came with, by the volunteer's numbering of requests for work; 0 for one before those
    /// remembered.
    /// </summary>
    public long Exchange { get; private set; } = exchange;

    /// <summary>True once a heartbeat named it: the agent has it, or had it.</summary>
    public bool IsListed { get; set; }

    /// <summary>Since when heartbeats have come that do not name it.</summary>
    public DateTimeOffset? MissingSince { get; set; }

    /// <summary>How many heartbeats have come since then that do not name it.</summary>
    public int Misses { get; set; }

    /// <summary>Units neither reported nor returned, or null when it is not known which they were.</summary>
    public long? UnitsOutstanding => _outstanding?.Sum(r => (long)r.Count);

    /// <summary>The answer that carried it says which units are in it.</summary>
    public void Granted(long exchange, IReadOnlyList<UnitRun> runs)
    {
        Exchange = exchange;
        _outstanding ??= [.. runs];
    }

    /// <summary>It is not missing, or not counted so any longer.</summary>
    public void Found()
    {
        MissingSince = null;
        Misses = 0;
    }

    /// <summary>Strikes out units; true when that was the last of them.</summary>
    public bool Strike(IReadOnlyList<UnitRun> runs)
    {
        if (_outstanding is null)
        {
            return false;
        }

        foreach (var run in runs)
        {
            Strike(run);
        }

        return _outstanding.Count == 0;
    }

    private void Strike(UnitRun run)
    {
        var first = FirstEndingAfter(run.Start);
        var last = first;
        UnitRun? before = null;
        UnitRun? after = null;
        for (; last < _outstanding!.Count && _outstanding[last].Start < run.End; last++)
        {
            var hit = _outstanding[last];
            before ??= hit.Start < run.Start ? new UnitRun(hit.Start, (int)(run.Start - hit.Start)) : null;
            after = hit.End > run.End ? new UnitRun(run.End, (int)(hit.End - run.End)) : null;
        }

        _outstanding.RemoveRange(first, last - first);
        if (after is { } a)
        {
            _outstanding.Insert(first, a);
        }

        if (before is { } b)
        {
            _outstanding.Insert(first, b);
        }
    }

    private int FirstEndingAfter(long unit)
    {
        var (low, high) = (0, _outstanding!.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _outstanding[middle].End > unit ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
