namespace GridVolunteer.Groups.Wire;

/// <summary>
/// Which protocol a message belongs to: the upper half of its kind. The lower half is the protocol's own. So a
/// host hands a message on by its first byte, without knowing the kinds.
/// </summary>
public enum MessageFamily : byte
{
    /// <summary>Membership and failure detection.</summary>
    Detector = 0x10,

    /// <summary>Reliable multicast inside a view.</summary>
    Multicast = 0x20,

    /// <summary>Agreement on views, and joining.</summary>
    Views = 0x30,

    /// <summary>Causal, total and time-stamped order.</summary>
    Ordering = 0x40,

    /// <summary>Query flooding.</summary>
    Search = 0x50,

    /// <summary>Exchange of pieces of blobs.</summary>
    Swarm = 0x60,

    /// <summary>Network coordinates.</summary>
    Coordinates = 0x70,

    /// <summary>Commit, then reveal.</summary>
    CommitReveal = 0x80,

    /// <summary>The register of groups and members.</summary>
    Register = 0x90,

    /// <summary>The first of those that this library never uses: 0xA0, 0xB0 and so on to 0xF0 are an application's own.</summary>
    Application = 0xA0,
}
