namespace GridVolunteer.Groups.Transports;

/// <summary>What a datagram is, after its two bytes of recognition; the sender's id follows.</summary>
internal enum PacketKind : byte
{
    /// <summary>A frame for this process, sealed.</summary>
    Frame = 1,

    /// <summary>Who is there? The sender's contact.</summary>
    Greeting = 2,

    /// <summary>The answer to that: the sender's contact.</summary>
    Introduction = 3,

    /// <summary>On a group address: a count, the first four bytes of each receiver's id, and a frame.</summary>
    FrameForSome = 4,

    /// <summary>On a group address: the sender's contact, and whether it would like to hear others'.</summary>
    Announcement = 5,
}
