using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Validation;

/// <summary>
/// The first group of equal results of 256 neighbouring units, as arrays: no object for each unit.
/// </summary>
/// <param name="quorum">The shard's quorum, 2 or more.</param>
internal sealed class PendingPage(int quorum)
{
    /// <summary>Units of a page.</summary>
    public const int Units = 256;

    /// <summary>The digest of each unit's results.</summary>
    public Digest[] Digests { get; } = new Digest[Units];

    /// <summary>Where the earliest lies.</summary>
    public ResultPlace[] Places { get; } = new ResultPlace[Units];

    /// <summary>Results in the group, 0 when there is none.</summary>
    public byte[] Counts { get; } = new byte[Units];

    /// <summary>Who computed them, quorum - 1 places for each unit: one more makes the unit valid.</summary>
    public int[] Holders { get; } = new int[Units * (quorum - 1)];

    /// <summary>Units with a group.</summary>
    public int Used { get; set; }

    /// <summary>The numbers of the volunteers in the group of a unit.</summary>
    public Span<int> HoldersOf(int slot) => Holders.AsSpan(slot * (quorum - 1), Counts[slot]);

    /// <summary>Adds a volunteer to the group of a unit.</summary>
    public void Join(int slot, int holder)
    {
        Counts[slot]++;
        HoldersOf(slot)[^1] = holder;
    }
}
