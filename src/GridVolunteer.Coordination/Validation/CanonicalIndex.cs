using GridVolunteer.Coordination.Shards.Units;

namespace GridVolunteer.Coordination.Validation;

/// <summary>
/// Where each valid unit's result lies: runs of units whose results stand one after the other in one row.
/// </summary>
internal sealed class CanonicalIndex
{
    private readonly List<CanonicalEntry> _entries = [];

    /// <summary>The runs, increasing.</summary>
    public IReadOnlyList<CanonicalEntry> Entries => _entries;

    /// <summary>Adds units that became valid; joins them to neighbours in the same row.</summary>
    public void Add(CanonicalEntry entry)
    {
        var next = FirstEndingAfter(entry.Units.Start);
        if (next > 0 && _entries[next - 1].IsFollowedBy(entry))
        {
            next--;
            entry = _entries[next].With(entry.Units.Count);
            _entries[next] = entry;
        }
        else
        {
            _entries.Insert(next, entry);
        }

        if (next + 1 < _entries.Count && entry.IsFollowedBy(_entries[next + 1]))
        {
            _entries[next] = entry.With(_entries[next + 1].Units.Count);
            _entries.RemoveAt(next + 1);
        }
    }

    /// <summary>The parts of the runs that lie within a run of units.</summary>
    public IEnumerable<CanonicalEntry> Within(LocalRun range)
    {
        foreach (var entry in _entries.Skip(FirstEndingAfter(range.Start)).TakeWhile(
            e => e.Units.Start < range.End))
        {
            var skipped = Math.Max(0, range.Start - entry.Units.Start);
            var start = entry.Units.Start + skipped;
            var end = Math.Min(range.End, entry.Units.End);
            yield return new CanonicalEntry(
                new LocalRun(start, end - start),
                entry.Place with { Ordinal = entry.Place.Ordinal + skipped });
        }
    }

    private int FirstEndingAfter(int unit)
    {
        if (_entries.Count == 0 || _entries[^1].Units.End <= unit)
        {
            return _entries.Count;
        }

        var (low, high) = (0, _entries.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _entries[middle].Units.End <= unit ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
