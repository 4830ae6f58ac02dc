namespace GridVolunteer.Groups.Ordering;

/// <summary>A frame of messages that need no place in the order.</summary>
/// <param name="Rank">The sender's rank.</param>
/// <param name="Sequence">The number of the frame.</param>
/// <param name="Messages">The messages.</param>
/// <param name="Follows">Up to which frames of others' what is causal in it follows.</param>
internal sealed record PlainFrame(int Rank, ulong Sequence, FrameMessage[] Messages, Receipt[] Follows)
{
    /// <summary>How many of the messages are delivered.</summary>
    public int Delivered { get; set; }

    public bool IsCausal { get; } = Array.Exists(Messages, m => m.Delivery.Level() == Delivery.Causal);
}
