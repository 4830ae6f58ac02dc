namespace GridVolunteer.Groups.FailureDetection;

/// <summary>The detector's messages. Any datagram may end with a <see cref="Gossip"/>.</summary>
internal enum DetectorMessage : byte
{
    /// <summary>Sequence; whether it came on the stream. To be acknowledged on what it came on.</summary>
    Ping = 0x10,

    /// <summary>Sequence of the ping; whether it came on the stream.</summary>
    Ack = 0x11,

    /// <summary>Sequence, target, after how long to say that it does not answer.</summary>
    PingRequest = 0x12,

    /// <summary>Sequence of the request: the one asked is there, but has heard nothing from the target.</summary>
    Nack = 0x13,

    /// <summary>Claims, until its end.</summary>
    Gossip = 0x14,

    /// <summary>A hash of all that is known: who knows otherwise answers with <see cref="State"/>.</summary>
    Digest = 0x15,

    /// <summary>Whether the like is wanted in return; claims about everybody, until its end.</summary>
    State = 0x16,

    /// <summary>The incarnation of a goodbye that its author sent and that has been heard.</summary>
    GoodbyeReceipt = 0x17,
}
