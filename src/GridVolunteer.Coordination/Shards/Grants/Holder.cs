using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Shards.Grants;

/// <summary>A volunteer as one shard knows it.</summary>
/// <param name="index">The shard's own number of it; records name it by that.</param>
/// <param name="peer">Who it is.</param>
internal sealed class Holder(int index, PeerId peer)
{
    /// <summary>The shard's own number of it, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>Who it is.</summary>
    public PeerId Peer { get; } = peer;

    /// <summary>
    /// Every unit it was ever granted here: of these, and only these, results are taken from it.
    /// </summary>
    public RunSet Ever { get; } = new();

    /// <summary>Undecided units it lost, by silence or past a deadline.</summary>
    public RunSet Lost { get; } = new();

    /// <summary>Its grants with outstanding copies, oldest first.</summary>
    public List<Grant> Grants { get; } = [];

    /// <summary>The last request that got a grant.</summary>
    public LastLease? LastLease { get; set; }

    /// <summary>Copies in its hands.</summary>
    public int CopiesOut()
    {
        var copies = 0;
        foreach (var grant in Grants)
        {
            copies += grant.Live.UnitCount;
        }

        return copies;
    }
}
