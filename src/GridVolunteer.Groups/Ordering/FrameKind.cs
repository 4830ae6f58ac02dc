namespace GridVolunteer.Groups.Ordering;

/// <summary>What kind of messages a frame carries; all are of one kind.</summary>
internal enum FrameKind : byte
{
    /// <summary>None.</summary>
    Empty,

    /// <summary>Those that need no place in the order: unordered, FIFO, causal.</summary>
    Plain,

    /// <summary>Those in total order.</summary>
    Total,

    /// <summary>Those in the order of their time stamps.</summary>
    Timed,
}
