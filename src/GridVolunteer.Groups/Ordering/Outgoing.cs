namespace GridVolunteer.Groups.Ordering;

/// <summary>A message that waits to be sent.</summary>
/// <param name="Message">The message.</param>
/// <param name="Since">Since when.</param>
/// <param name="Number">Counted over all groups of the process.</param>
internal readonly record struct Outgoing(FrameMessage Message, TimeSpan Since, ulong Number)
{
    public FrameKind Kind => Frame.KindOf(Message.Delivery);

    public bool IsCausal => Message.Delivery.Level() == Delivery.Causal;
}
