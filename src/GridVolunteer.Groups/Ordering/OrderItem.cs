namespace GridVolunteer.Groups.Ordering;

/// <summary>Something that gets a place in the order: the messages of a frame, or a view.</summary>
/// <param name="view">The view it was sent in, or that it is.</param>
/// <param name="rank">The sender's rank; -1 for the view itself.</param>
/// <param name="sequence">The number of the sender's frame.</param>
internal sealed class OrderItem(OrderedView view, int rank, ulong sequence)
{
    public OrderedView View { get; } = view;

    public int Rank { get; } = rank;

    public ulong Sequence { get; } = sequence;

    public bool IsView => Rank < 0;

    /// <summary>True when its place is its time stamp.</summary>
    public bool IsTimed { get; init; }

    /// <summary>When it came here.</summary>
    public TimeSpan ArrivedAt { get; init; }

    /// <summary>The messages; empty for a view.</summary>
    public FrameMessage[] Messages { get; init; } = [];

    /// <summary>The greatest proposal so far.</summary>
    public ulong Proposed { get; set; }

    /// <summary>How many members have yet to propose.</summary>
    public int Awaited { get; set; }

    /// <summary>This process's proposal: its place will be no lower. 0 while there is none.</summary>
    public ulong Own { get; set; }

    public bool IsFinal { get; set; }

    /// <summary>The joint message that this is a copy of, if it goes to several groups.</summary>
    public JointCopy? Joint { get; set; }

    /// <summary>True when it gets no place after all: another of its groups has no copy of it.</summary>
    public bool IsVoid { get; set; }

    /// <summary>Its place, once it is final.</summary>
    public OrderStamp Stamp { get; set; }

    /// <summary>Its number among those of its kind since the view began, once it is its turn.</summary>
    public ulong Index { get; set; }

    /// <summary>How many of its messages are delivered.</summary>
    public int Delivered { get; set; }

    /// <summary>True when this process is no longer in the group, or nothing came of it.</summary>
    public bool IsDropped => IsVoid || View.Group.IsOut;
}
