namespace GridVolunteer.Coordination.Jobs;

/// <summary>
/// Which shards of the level at work are open and which are closed. Shards open in the order of their
/// numbers, so a count and the open ones say it all: the memory is that of the open shards, however many
/// there are.
/// </summary>
public sealed class LevelProgress
{
    private readonly SortedSet<int> _open = [];

    /// <summary>Shards ever opened in this level; they are those numbered below it.</summary>
    public int OpenedCount { get; private set; }

    /// <summary>The open ones, by number.</summary>
    public IReadOnlyCollection<int> Open => _open;

    /// <summary>Whether a shard is open.</summary>
    public bool IsOpen(int number) => _open.Contains(number);

    /// <summary>Opens the next shard.</summary>
    public void OpenNext() => _open.Add(OpenedCount++);

    /// <summary>Closes an open shard.</summary>
    public void Close(int number) => _open.Remove(number);

    /// <summary>
    /// A level of which <paramref name="openedCount"/> shards were opened and <paramref name="open"/> still
    /// are.
    /// </summary>
    public void Restore(int openedCount, IEnumerable<int> open)
    {
        _open.Clear();
        _open.UnionWith(open);
        OpenedCount = openedCount;
    }
}
