namespace GridVolunteer.Groups.Register;

/// <summary>What the register tells the process it belongs to.</summary>
public abstract record RegisterEvent
{
    private RegisterEvent()
    {
    }

    /// <summary>A group of that name is there: join it, with its members as contacts.</summary>
    public sealed record Found(GroupEntry Entry) : RegisterEvent;

    /// <summary>
    /// Nobody that can be asked has a group of that name: create it under the id of this entry. Should another
    /// do the same meanwhile, <see cref="Superseded"/> follows for one of the two.
    /// </summary>
    public sealed record Vacant(GroupEntry Entry) : RegisterEvent;

    /// <summary>The name is taken by a group of another kind, or whoever decides says no.</summary>
    /// <param name="Name">The name.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Denied(string Name, DenialReason Reason) : RegisterEvent;

    /// <summary>
    /// Two groups had one name; this one gives way. Leave it (<c>Dissolve</c> it here), and join the other in a new
    /// life: two histories are never merged.
    /// </summary>
    /// <param name="Group">The group that ends.</param>
    /// <param name="By">The one that stays.</param>
    public sealed record Superseded(GroupId Group, GroupEntry By) : RegisterEvent;

    /// <summary>The group has been dissolved: <c>Dissolve</c> it here.</summary>
    /// <param name="Group">The group that ends.</param>
    public sealed record Dissolved(GroupId Group) : RegisterEvent;

    /// <summary>The answer to a question for all groups.</summary>
    /// <param name="Entries">The groups that are known to those who answered, by name.</param>
    public sealed record Listed(IReadOnlyList<GroupEntry> Entries) : RegisterEvent;

    /// <summary>
    /// One that is no member posts to an open group: send this to the group as it is.
    /// </summary>
    /// <param name="Group">The group.</param>
    /// <param name="Message">What to send: the payload, with its author and number before it.</param>
    public sealed record Posted(GroupId Group, ReadOnlyMemory<byte> Message) : RegisterEvent;

    /// <summary>How a post of this process to an open group has ended.</summary>
    /// <param name="Group">The group.</param>
    /// <param name="Number">The number that was given for it.</param>
    /// <param name="IsDelivered">
    /// True when the group has it, once at every member. False when no member took it in time: then it may or may
    /// not arrive, but at all members or none.
    /// </param>
    public sealed record PostEnded(GroupId Group, ulong Number, bool IsDelivered) : RegisterEvent;
}
