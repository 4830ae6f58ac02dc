using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.CommitReveal;

/// <summary>The messages of a round. Each begins with the subject.</summary>
internal enum CommitRevealKind : byte
{
    /// <summary>A member commits: commitment.</summary>
    Commit = MessageFamily.CommitReveal | 0x01,

    /// <summary>The closer lists the commitments: count, then process and commitment of each.</summary>
    Close = MessageFamily.CommitReveal | 0x02,

    /// <summary>A member opens its commitment: nonce, digest.</summary>
    Reveal = MessageFamily.CommitReveal | 0x03,
}
