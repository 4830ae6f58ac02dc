using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Shards.Grants;

/// <summary>
/// The volunteers that ever had a grant of a shard, numbered in the order in which they came.
/// </summary>
internal sealed class HolderBook
{
    private readonly List<Holder> _holders = [];
    private readonly Dictionary<PeerId, Holder> _byPeer = [];

    /// <summary>How many there are.</summary>
    public int Count => _holders.Count;

    /// <summary>The volunteer with a number.</summary>
    public Holder this[int index] => index < _holders.Count
        ? _holders[index]
        : throw new InvalidDataException(
            $"A record names volunteer {index}, but the shard knows {_holders.Count}.");

    /// <summary>The volunteer, or null when it never had a grant here.</summary>
    public Holder? Find(PeerId peer) => _byPeer.GetValueOrDefault(peer);

    /// <summary>Adds a volunteer that is new here.</summary>
    public Holder Add(PeerId peer)
    {
        var holder = new Holder(_holders.Count, peer);
        _byPeer.Add(peer, holder);
        _holders.Add(holder);
        return holder;
    }
}
