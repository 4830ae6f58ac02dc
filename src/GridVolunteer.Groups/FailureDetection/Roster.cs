using System.Diagnostics.CodeAnalysis;

namespace GridVolunteer.Groups.FailureDetection;

/// <summary>
/// The processes that are watched, in the order they became known, which is the same in every run; and a shuffled
/// round in which each is probed once before any is probed again (SWIM).
/// </summary>
internal sealed class Roster(Random random)
{
    private readonly Dictionary<ProcessId, Peer> _byId = [];
    private readonly List<Peer> _peers = [];
    private readonly List<Peer> _round = [];
    private readonly List<Peer> _candidates = [];

    public IReadOnlyList<Peer> Peers => _peers;

    public int Count => _peers.Count;

    public bool TryFind(ProcessId id, [NotNullWhen(true)] out Peer? peer) => _byId.TryGetValue(id, out peer);

    public void Add(Peer peer)
    {
        _byId.Add(peer.Id, peer);
        _peers.Add(peer);
        // Somewhere in the round that is under way: so newcomers are not all probed at its end.
        _round.Insert(random.Next(_round.Count + 1), peer);
    }

    public bool Remove(ProcessId id)
    {
        if (!_byId.Remove(id, out var peer))
        {
            return false;
        }

        _peers.Remove(peer);
        _round.Remove(peer);
        return true;
    }

    /// <summary>How many are alive or suspect.</summary>
    public int CountPresent()
    {
        var count = 0;
        foreach (var peer in _peers)
        {
            count += peer.IsPresent ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whose turn it is to be probed; null when nobody is present.</summary>
    public Peer? NextToProbe()
    {
        for (var rounds = 0; rounds < 2; rounds++)
        {
            while (_round.Count > 0)
            {
                var peer = _round[^1];
                _round.RemoveAt(_round.Count - 1);
                if (peer.IsPresent)
                {
                    return peer;
                }
            }

            foreach (var peer in _peers)
            {
                _round.Insert(random.Next(_round.Count + 1), peer);
            }
        }

        return null;
    }

    /// <summary>Has a process probed next.</summary>
    public void ProbeNext(Peer peer)
    {
        _round.Remove(peer);
        _round.Add(peer);
    }

    /// <summary>Draws up to so many processes that are present. The list is used again at the next draw.</summary>
    public IReadOnlyList<Peer> DrawPresent(int count, Peer? except = null)
    {
        _candidates.Clear();
        foreach (var peer in _peers)
        {
            if (peer.IsPresent && peer != except)
            {
                _candidates.Add(peer);
            }
        }

        var drawn = Math.Min(count, _candidates.Count);
        for (var i = 0; i < drawn; i++)
        {
            var j = random.Next(i, _candidates.Count);
            (_candidates[i], _candidates[j]) = (_candidates[j], _candidates[i]);
        }

        _candidates.RemoveRange(drawn, _candidates.Count - drawn);
        return _candidates;
    }

    /// <summary>
    /// A hash of what is known of everybody, this process included; it does not depend on the order. Suspicions
    /// pass, so they do not count.
    /// </summary>
    public ulong Digest(ProcessId self, Incarnation selfIncarnation)
    {
        var digest = Mix(self, selfIncarnation, 0);
        foreach (var peer in _peers)
        {
            digest += Mix(peer.Id, peer.Incarnation, peer.IsPresent ? 0 : (int)peer.Status);
        }

        return digest;
    }

    private static ulong Mix(ProcessId id, Incarnation incarnation, int status)
    {
        var hash = 14_695_981_039_346_656_037UL;
        ReadOnlySpan<ulong> parts =
            [(ulong)(id.Value >> 64), (ulong)id.Value, incarnation.Boot, incarnation.Refutation, (ulong)status];
        foreach (var part in parts)
        {
            hash = (hash ^ part) * 0x9E37_79B9_7F4A_7C15;
            hash ^= hash >> 29;
        }

        return hash;
    }
}
