using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Brokering;

/// <summary>
/// Rendezvous hashing (Thaler and Ravishankar, 1998) of a peer over shards: each peer prefers its own order
/// of shards, which does not change when others open or close, so peers spread evenly and stay where they
/// are.
/// </summary>
public static class ShardChoice
{
    /// <summary>
    /// How much a peer prefers a shard: the highest of the candidates is chosen. A <paramref name="salt"/>
    /// other than 0 gives another order, for who found the first choice empty.
    /// </summary>
    public static ulong Score(PeerId peer, ShardId shard, long salt)
    {
        var hash = Mix((ulong)peer.Low ^ (ulong)salt);
        hash = Mix(hash ^ (ulong)shard.Job.Number);
        return Mix(hash ^ ((ulong)(uint)shard.Level << 32) ^ (uint)shard.Number);
    }

    // The finaliser of SplitMix64: a bijection in which every input bit moves every output bit.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
