using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Ordering;

/// <summary>What a process knows of one of its groups.</summary>
/// <param name="member">The membership below.</param>
/// <param name="former">The one before, which is over and may still hold what others need.</param>
internal sealed class OrderedGroup(GroupMember member, OrderedGroup? former)
{
    public GroupId Id => Member.Group;

    public GroupMember Member { get; } = member;

    public GroupMember? Former { get; } = former?.Member;

    /// <summary>The view as it was told last.</summary>
    public View? View { get; set; }

    /// <summary>True once it has left, was excluded, or the group has ended.</summary>
    public bool IsOut { get; set; }
}
