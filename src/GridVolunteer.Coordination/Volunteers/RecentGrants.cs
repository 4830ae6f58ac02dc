using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Volunteers;

/// <summary>
/// Grants that were reported on to the last unit a short while ago. An agent still lists them until it has
/// the answer; that is no reason to ask their shard.
/// </summary>
/// <param name="capacity">How many are remembered, the latest.</param>
internal sealed class RecentGrants(int capacity)
{
    private readonly HashSet<GrantId> _known = [];
    private readonly Queue<GrantId> _order = new();

    /// <summary>Whether a grant is among them.</summary>
    public bool Contains(GrantId grant) => _known.Contains(grant);

    /// <summary>Remembers a grant.</summary>
    public void Add(GrantId grant)
    {
        if (!_known.Add(grant))
        {
            return;
        }

        _order.Enqueue(grant);
        if (_order.Count > capacity)
        {
            _known.Remove(_order.Dequeue());
        }
    }
}
