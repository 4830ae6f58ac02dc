using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Hosting;

/// <summary>
/// What a group tells whoever reads <see cref="Group.Events"/>: messages and views in one stream, so that it is always
/// clear who was in the group when a message was delivered.
/// </summary>
public abstract record GroupUpdate
{
    private GroupUpdate()
    {
    }

    /// <summary>A message.</summary>
    /// <param name="Sender">
    /// Who wrote it: a member, or in an open group perhaps another process, as the member that sent it on says.
    /// </param>
    /// <param name="Payload">What was sent.</param>
    /// <param name="Delivery">How it is delivered.</param>
    /// <param name="View">The number of the view it is delivered in.</param>
    public sealed record Message(ProcessId Sender, ReadOnlyMemory<byte> Payload, Delivery Delivery, ulong View)
        : GroupUpdate
    {
        /// <summary>False when its author is no member of the group, which is open.</summary>
        public bool IsFromMember { get; init; } = true;

        /// <summary>Its place in the one order of all groups, where it was sent as <see cref="Delivery.Total"/>.</summary>
        public OrderStamp? Order { get; init; }

        /// <summary>When it was sent, where it was sent as <see cref="Delivery.GlobalTime"/>.</summary>
        public GlobalTimeStamp? Time { get; init; }
    }

    /// <summary>
    /// A view begins. Whoever is in it and in the one before has been told the same messages before this.
    /// </summary>
    /// <param name="View">Who is in the group now.</param>
    /// <param name="Joined">Those who were not in the view before; all of them for one that joins itself.</param>
    /// <param name="Gone">Those who are in it no longer.</param>
    /// <param name="State">
    /// For one that joins: the state that a member handed in at this point; null when there is none.
    /// </param>
    public sealed record ViewChanged(
        View View, IReadOnlyList<ProcessId> Joined, IReadOnlyList<ProcessId> Gone, ReadOnlyMemory<byte>? State)
        : GroupUpdate;

    /// <summary>
    /// A majority of the view may be out of reach: nothing is sent or delivered until it is back.
    /// </summary>
    /// <param name="View">The number of the view that should end.</param>
    public sealed record Stalled(ulong View) : GroupUpdate;

    /// <summary>
    /// What this process knows of the group ends here, and begins anew at the next view, with the state that comes with
    /// it: two histories are never merged. What it sent lately may be lost.
    /// </summary>
    /// <param name="Reason">Why.</param>
    public sealed record Interrupted(GroupInterruption Reason) : GroupUpdate;

    /// <summary>The group is over for this process; nothing follows.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Ended(GroupEnd Reason) : GroupUpdate;
}
