using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// What the groups of a process tell it: messages and views, in one stream, so that it is always clear who was in a
/// group when a message was delivered.
/// </summary>
/// <param name="Group">The group.</param>
public abstract record OrderedEvent(GroupId Group)
{
    /// <summary>A message.</summary>
    /// <param name="Group">The group.</param>
    /// <param name="Sender">Who sent it.</param>
    /// <param name="Payload">What was sent; it stays as it is.</param>
    /// <param name="Delivery">How it is delivered.</param>
    /// <param name="View">The number of the view it is delivered in.</param>
    public sealed record Message(
        GroupId Group, MemberLife Sender, ReadOnlyMemory<byte> Payload, Delivery Delivery, ulong View)
        : OrderedEvent(Group)
    {
        /// <summary>Its place in the one order, where it was sent as <see cref="Delivery.Total"/>.</summary>
        public OrderStamp? Order { get; init; }

        /// <summary>When it was sent, where it was sent as <see cref="Delivery.GlobalTime"/>.</summary>
        public GlobalTimeStamp? Time { get; init; }
    }

    /// <summary>
    /// A view begins. What any of those who are in it and in the one before has been told before this event, all of
    /// them have been told.
    /// </summary>
    /// <param name="Group">The group.</param>
    /// <param name="View">The view.</param>
    /// <param name="Joined">Those who were not in the one before; all of them for one that joins itself.</param>
    /// <param name="Gone">Those who are in it no longer.</param>
    /// <param name="State">
    /// For one that joins, the state the others had at this point; null when none is transferred, or nobody who
    /// had it is left.
    /// </param>
    public sealed record ViewInstalled(
        GroupId Group,
        View View,
        IReadOnlyList<MemberLife> Joined,
        IReadOnlyList<MemberLife> Gone,
        ReadOnlyMemory<byte>? State) : OrderedEvent(Group)
    {
        /// <summary>Its place in the one order; null where the group orders nothing.</summary>
        public OrderStamp? Order { get; init; }
    }

    /// <summary>
    /// The host is to hand in its state of the group as it is after all events before this one, for those who join.
    /// </summary>
    /// <param name="Group">The group.</param>
    /// <param name="View">The number of the view that has begun.</param>
    public sealed record StateWanted(GroupId Group, ulong View) : OrderedEvent(Group);

    /// <summary>
    /// Agreement on the next view has failed for a while: a majority of this one may be out of reach. Nothing is
    /// sent or delivered in the group until it succeeds; nor, in other groups, what stands behind it in the order.
    /// </summary>
    /// <param name="Group">The group.</param>
    /// <param name="View">The number of the view that should end.</param>
    public sealed record Stalled(GroupId Group, ulong View) : OrderedEvent(Group);

    /// <summary>
    /// The others have gone on without this process, which they held for dead. What it sent lately may be lost. It
    /// may join again, in a new life.
    /// </summary>
    /// <param name="Group">The group.</param>
    /// <param name="View">The number of the view it is not in.</param>
    public sealed record Excluded(GroupId Group, ulong View) : OrderedEvent(Group);

    /// <summary>This process has left the group as it asked to.</summary>
    /// <param name="Group">The group.</param>
    public sealed record Left(GroupId Group) : OrderedEvent(Group);

    /// <summary>The group has ended.</summary>
    /// <param name="Group">The group.</param>
    public sealed record Dissolved(GroupId Group) : OrderedEvent(Group);
}
