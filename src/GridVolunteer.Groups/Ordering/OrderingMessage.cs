namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// The messages of the layer that orders. A frame travels inside the group's channel; the others go from process to
/// process; those of a group begin with it and the number of a view.
/// </summary>
internal enum OrderingMessage : byte
{
    /// <summary>
    /// Clock; flags; what it proposes a place for; what it has delivered of what is causal; how much has its place
    /// here; then the messages, all of one kind, with what their kind needs; for joint ones the groups they go to; what is
    /// known of joint ones sent before.
    /// </summary>
    Frame = 0x40,

    /// <summary>The state as of the view named is wanted.</summary>
    StateRequest = 0x41,

    /// <summary>The state as of the view named.</summary>
    State = 0x42,

    /// <summary>
    /// What has become of the group's copy of a joint message? The view it was sent in, the sender and its life there, the
    /// sender's number of it.
    /// </summary>
    JointRequest = 0x43,

    /// <summary>The same, with what is known: <see cref="JointFate"/>, and the place.</summary>
    JointAnswer = 0x44,

    /// <summary>What time is it? A number that comes back.</summary>
    TimeRequest = 0x48,

    /// <summary>That number; the time.</summary>
    TimeAnswer = 0x49,
}
