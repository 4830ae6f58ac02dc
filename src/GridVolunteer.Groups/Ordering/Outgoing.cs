namespace GridVolunteer.Groups.Ordering;

/// <summary>A message that waits to be sent.</summary>
/// <param name="Message">The message.</param>
/// <param name="Since">Since when.</param>
/// <param name="Number">Counted over all groups of the process.</param>
internal readonly record struct Outgoing(FrameMessage Message, TimeSpan Since, ulong Number)
{
    /// <summary>What it has in common with those in other groups' rows; null when it goes to one group alone.</summary>
    public JointSend? Joint { get; init; }

    public FrameKind Kind => Frame.KindOf(Message.Delivery);

    public bool IsCausal => Message.Delivery.Level() == Delivery.Causal;
}
