using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Coordinates;

/// <summary>The messages of <see cref="PingProtocol"/>.</summary>
internal enum PingKind : byte
{
    /// <summary>Asks for a pong: number.</summary>
    Ping = MessageFamily.Coordinates | 0x01,

    /// <summary>Answers a ping: its number, and where the answerer stands.</summary>
    Pong = MessageFamily.Coordinates | 0x02,
}
