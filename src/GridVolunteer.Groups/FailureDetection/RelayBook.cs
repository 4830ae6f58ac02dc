namespace GridVolunteer.Groups.FailureDetection;

/// <summary>Probes made for others, at most <see cref="EntriesMax"/> at a time.</summary>
internal sealed class RelayBook
{
    public const int EntriesMax = 256;

    private readonly List<Entry> _entries = [];

    public bool IsFull => _entries.Count >= EntriesMax;

    /// <summary>When the next one is to be told that nothing was heard.</summary>
    public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

    public void Add(Entry entry)
    {
        _entries.Add(entry);
        Due = entry.NackAt < Due ? entry.NackAt : Due;
    }

    /// <summary>Takes out the one a target's answer belongs to.</summary>
    public bool TryAnswer(uint sequence, ProcessId target, out Entry entry)
    {
        var at = _entries.FindIndex(e => e.Sequence == sequence && e.Target == target);
        entry = at < 0 ? default : _entries[at];
        if (at >= 0)
        {
            _entries.RemoveAt(at);
        }

        return at >= 0;
    }

    /// <summary>Takes out one whose time is up.</summary>
    public bool TryExpire(TimeSpan now, out Entry entry)
    {
        var at = _entries.FindIndex(e => e.NackAt <= now);
        entry = at < 0 ? default : _entries[at];
        if (at >= 0)
        {
            _entries.RemoveAt(at);
            return true;
        }

        Due = _entries.Count == 0 ? TimeSpan.MaxValue : _entries.Min(e => e.NackAt);
        return false;
    }

    /// <summary>A probe for another.</summary>
    /// <param name="Sequence">The number its ping carries.</param>
    /// <param name="Target">Who is pinged.</param>
    /// <param name="Origin">For whom.</param>
    /// <param name="OriginSequence">The number of that one's request.</param>
    /// <param name="NackAt">When to say that nothing was heard.</param>
    public readonly record struct Entry(
        uint Sequence,
        ProcessId Target,
        ProcessId Origin,
        uint OriginSequence,
        TimeSpan NackAt);
}
