namespace GridVolunteer.Groups.Views;

/// <summary>
/// The messages of a group. Each begins with the group, the number of the view it is about, and the sender's life.
/// </summary>
internal enum GroupMessage : byte
{
    /// <summary>Rank of the origin, sequence, what of the origin's is stable, safe or not, payload.</summary>
    Data = 0x20,

    /// <summary>Whether an answer is wanted; the last number sent; for each rank, what is held.</summary>
    Status = 0x21,

    /// <summary>Rank of an origin, the numbers that are missing.</summary>
    Nak = 0x22,

    /// <summary>Ballot.</summary>
    Prepare = 0x30,

    /// <summary>Ballot; what is held of each rank; the accepted ballot and proposal, if any.</summary>
    Promise = 0x31,

    /// <summary>The ballot that was promised to another.</summary>
    Refuse = 0x32,

    /// <summary>Ballot and proposal.</summary>
    Accept = 0x33,

    /// <summary>Ballot.</summary>
    Accepted = 0x34,

    /// <summary>The proposal that was agreed on.</summary>
    Commit = 0x35,

    /// <summary>The sender is in the view the message names, and the receiver seems to be further.</summary>
    Behind = 0x36,

    /// <summary>The current view, to one that is not in it.</summary>
    Outdated = 0x37,

    /// <summary>Who wants to join; the first life it asked in.</summary>
    Join = 0x38,

    /// <summary>The sender wants to leave.</summary>
    Leave = 0x39,

    /// <summary>The state as of the view named is wanted.</summary>
    StateRequest = 0x3a,

    /// <summary>The state as of the view named.</summary>
    State = 0x3b,

    /// <summary>The state has come.</summary>
    StateReceived = 0x3c,

    /// <summary>The sender has not that state, and in the view its header names nobody is left who surely has.</summary>
    StateMissing = 0x3d,

    /// <summary>Whether the state as of the view named has come: nobody else may join before.</summary>
    StateCheck = 0x3e,

    /// <summary>
    /// From the coordinator: which word of its this is, who may be let in, and who is to be put out.
    /// </summary>
    Govern = 0x3f,
}
