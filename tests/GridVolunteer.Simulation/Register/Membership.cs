using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Simulation.Register;

/// <summary>A machine's membership in a group, and the sum of what it has delivered.</summary>
internal sealed class Membership(GroupEntry entry, GroupMember member)
{
    public GroupEntry Entry { get; } = entry;

    public GroupMember Member { get; } = member;

    /// <summary>The sum of the hashes of what was delivered; who joins takes it over.</summary>
    public ulong History { get; set; }

    /// <summary>Since when it has been stuck; null when it is not.</summary>
    public TimeSpan? StalledAt { get; set; }

    /// <summary>True once it has begun with a state, or made the group.</summary>
    public bool HasHistory { get; set; }
}
