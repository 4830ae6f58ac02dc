namespace GridVolunteer.Groups.Register;

/// <summary>The register's messages. Each begins with the sender's life.</summary>
internal enum RegisterMessage : byte
{
    /// <summary>Name, kind, rule; the group the sender tries to join under that name, 0 for none.</summary>
    Ask = 0x90,

    /// <summary>An entry; whether the sender is in that group, or keeps the register, and not just heard of it.</summary>
    Known = 0x91,

    /// <summary>A name of which the sender knows no group.</summary>
    Unknown = 0x92,

    /// <summary>From the server: an entry that the receiver is to create.</summary>
    Create = 0x93,

    /// <summary>A name; why it cannot be had.</summary>
    Denied = 0x94,

    /// <summary>An entry, from a member: the group is there.</summary>
    Announce = 0x95,

    /// <summary>A group that has been dissolved.</summary>
    Ended = 0x96,

    /// <summary>A group of which that is known.</summary>
    EndedReceipt = 0x97,

    /// <summary>All groups are asked for.</summary>
    AskAll = 0x98,

    /// <summary>Entries.</summary>
    Listing = 0x99,

    /// <summary>A group, the author's number, a payload: to be sent to that group.</summary>
    Post = 0x9a,

    /// <summary>A group, the author's number, what has become of it.</summary>
    PostReceipt = 0x9b,
}
