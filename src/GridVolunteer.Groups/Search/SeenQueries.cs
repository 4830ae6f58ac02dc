namespace GridVolunteer.Groups.Search;

/// <summary>
/// The queries of the last while. It forgets by age alone: if it forgot for want of room, a query could be
/// handled twice.
/// </summary>
internal sealed class SeenQueries(TimeSpan lifetime, int capacity)
{
    private readonly Dictionary<QueryId, SeenQuery> _seen = [];
    private readonly Queue<(TimeSpan At, QueryId Id)> _ages = new();

    public int Count => _seen.Count;

    /// <summary>When the oldest is to be forgotten.</summary>
    public TimeSpan Due => _ages.TryPeek(out var oldest) ? oldest.At + lifetime : TimeSpan.MaxValue;

    public SeenQuery? Find(QueryId id) => _seen.GetValueOrDefault(id);

    /// <summary>Remembers a query; false when there is no room.</summary>
    public bool TryAdd(QueryId id, SeenQuery query, TimeSpan now)
    {
        if (_seen.Count >= capacity || !_seen.TryAdd(id, query))
        {
            return false;
        }

        _ages.Enqueue((now, id));
        return true;
    }

    public void ForgetOld(TimeSpan now)
    {
        while (_ages.TryPeek(out var oldest) && oldest.At + lifetime <= now)
        {
            _ages.Dequeue();
            _seen.Remove(oldest.Id);
        }
    }
}
