namespace GridVolunteer.Groups.Ordering;

/// <summary>How a process orders what it sends and receives. All processes should use the same.</summary>
public sealed record OrderingOptions
{
    /// <summary>
    /// How long messages and proposals are gathered, so that they travel together. Default 1 ms, at most 100 ms.
    /// Longer means fewer, larger messages; each ordered message waits for it twice.
    /// </summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// The most time between two frames to a group: half of what giving a frame its place takes, so that fewer frames travel
    /// where that is long, and no more than this. Default 2 ms, at most 100 ms.
    /// </summary>
    public TimeSpan FrameIntervalMax { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// How many bytes travel together at most, a single longer message aside. Default 32 KiB, 1 KiB to 256 KiB.
    /// </summary>
    public int BatchSizeBytesMax { get; init; } = 32 * 1024;

    /// <summary>
    /// How many messages of this process may wait in a group to be sent, or to get their place in the order. Default
    /// 4,096; more are refused.
    /// </summary>
    public int PendingMessagesMax { get; init; } = 4_096;

    /// <summary>
    /// How many payload bytes of a group may wait here to be delivered, while another group holds them up. Default 64 MiB, at
    /// least 1 KiB. With more, the other members are asked to send no messages, until half of them are delivered; what is under
    /// way then still comes.
    /// </summary>
    public int BacklogSizeBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// How far this clock and the source's may drift apart, in seconds a second. Default 200 ppm, which two quartz clocks
    /// stay within; at most 1 %.
    /// </summary>
    public double ClockDriftMax { get; init; } = 200e-6;

    /// <summary>How often the clock is measured against its source. Default 5 s, at least 100 ms.</summary>
    public TimeSpan MeasureInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How far another's clock may be ahead of the time, beyond what the time may be off. Default 5 s; at least 100 ms.
    /// What is further ahead is refused, and its sender taken for failed.
    /// </summary>
    public TimeSpan ClockAheadMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong with these options, each fault in a sentence; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults()
    {
        List<string> faults = [];
        if (BatchDelay < TimeSpan.Zero || BatchDelay > TimeSpan.FromMilliseconds(100))
        {
            faults.Add($"{nameof(BatchDelay)} is 0 to 100 ms.");
        }

        if (FrameIntervalMax < TimeSpan.Zero || FrameIntervalMax > TimeSpan.FromMilliseconds(100))
        {
            faults.Add($"{nameof(FrameIntervalMax)} is 0 to 100 ms.");
        }

        if (BatchSizeBytesMax is < 1024 or > 256 * 1024)
        {
            faults.Add($"{nameof(BatchSizeBytesMax)} is 1 KiB to 256 KiB.");
        }

        if (PendingMessagesMax < 1)
        {
            faults.Add($"{nameof(PendingMessagesMax)} is at least 1.");
        }

        if (BacklogSizeBytesMax < 1024)
        {
            faults.Add($"{nameof(BacklogSizeBytesMax)} is at least 1 KiB.");
        }

        if (ClockDriftMax is not (>= 0 and <= 0.01))
        {
            faults.Add($"{nameof(ClockDriftMax)} is 0 to 0.01.");
        }

        if (MeasureInterval < TimeSpan.FromMilliseconds(100) || ClockAheadMax < TimeSpan.FromMilliseconds(100))
        {
            faults.Add($"{nameof(MeasureInterval)} and {nameof(ClockAheadMax)} are at least 100 ms.");
        }

        return faults;
    }
}
