namespace GridVolunteer.Groups.Ordering;

/// <summary>A message in a frame.</summary>
/// <param name="Delivery">How it is to be delivered.</param>
/// <param name="Payload">What was sent.</param>
/// <param name="EpsilonMicroseconds">The bound of its time stamp's error, where it has one.</param>
internal readonly record struct FrameMessage(
    Delivery Delivery, ReadOnlyMemory<byte> Payload, ulong EpsilonMicroseconds)
{
    public static long SizeBytesOf(ReadOnlySpan<FrameMessage> messages)
    {
        long sum = 0;
        foreach (ref readonly var message in messages)
        {
            sum += message.Payload.Length;
        }

        return sum;
    }
}
