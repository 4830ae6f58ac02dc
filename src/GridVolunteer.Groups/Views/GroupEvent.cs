namespace GridVolunteer.Groups.Views;

/// <summary>
/// What a group tells a member: messages and views in one stream, so that it is always clear who was in the group
/// when a message was delivered.
/// </summary>
public abstract record GroupEvent
{
    private GroupEvent()
    {
    }

    /// <summary>A message.</summary>
    /// <param name="View">The number of the view it was sent and is delivered in.</param>
    /// <param name="Sender">Who sent it.</param>
    /// <param name="Sequence">The sender's number of it in this view, from 1, without gap.</param>
    /// <param name="IsSafe">True when every member of the view is known to hold it.</param>
    /// <param name="Payload">What was sent.</param>
    public sealed record Delivered(
        ulong View, MemberLife Sender, ulong Sequence, bool IsSafe, ReadOnlyMemory<byte> Payload) : GroupEvent;

    /// <summary>
    /// A view begins. Everything of the one before that any of those who are in both has delivered, all of them
    /// have delivered.
    /// </summary>
    /// <param name="View">The view.</param>
    /// <param name="Joined">Those who were not in the one before; all of them for one that joins itself.</param>
    /// <param name="Gone">Those who are in it no longer.</param>
    /// <param name="State">
    /// For one that joins, the state the others had at this point; null when none is transferred, or nobody who
    /// had it is left.
    /// </param>
    public sealed record ViewInstalled(
        View View,
        IReadOnlyList<MemberLife> Joined,
        IReadOnlyList<MemberLife> Gone,
        ReadOnlyMemory<byte>? State) : GroupEvent;

    /// <summary>
    /// The host is to hand in its state as it is now, after all events before this one.
    /// </summary>
    /// <param name="View">The number of the view that has begun.</param>
    public sealed record StateWanted(ulong View) : GroupEvent;

    /// <summary>
    /// Agreement on the next view has failed for a while: a majority of this one may be out of reach. Nothing
    /// is sent or delivered until it succeeds.
    /// </summary>
    /// <param name="View">The number of the view that should end.</param>
    public sealed record Stalled(ulong View) : GroupEvent;

    /// <summary>
    /// The others have gone on without this member, which they held for dead. What it sent lately may be lost. It
    /// may join again, with a new life and another membership; messages should be passed to this one too for some
    /// seconds, as it may hold what others need.
    /// </summary>
    /// <param name="View">The number of the view it is not in.</param>
    public sealed record Excluded(ulong View) : GroupEvent;

    /// <summary>This member has left as it asked to.</summary>
    public sealed record Left : GroupEvent;

    /// <summary>The group has ended.</summary>
    public sealed record Dissolved : GroupEvent;
}
