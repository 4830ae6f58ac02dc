using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Swarm;

/// <summary>The messages of <see cref="SwarmNode"/>. Each begins with the name of the blob.</summary>
internal enum SwarmKind : byte
{
    /// <summary>What do you hold of it, and tell me when it becomes more.</summary>
    Ask = MessageFamily.Swarm | 0x01,

    /// <summary>These pieces: a bit for each.</summary>
    Holdings = MessageFamily.Swarm | 0x02,

    /// <summary>This piece too: number.</summary>
    Have = MessageFamily.Swarm | 0x03,

    /// <summary>Send me a block: number.</summary>
    Request = MessageFamily.Swarm | 0x04,

    /// <summary>A block: number, proof, bytes.</summary>
    Block = MessageFamily.Swarm | 0x05,

    /// <summary>A request is void: number.</summary>
    Cancel = MessageFamily.Swarm | 0x06,

    /// <summary>All requests for this blob are void: reason, and when to ask again.</summary>
    Refuse = MessageFamily.Swarm | 0x07,
}
