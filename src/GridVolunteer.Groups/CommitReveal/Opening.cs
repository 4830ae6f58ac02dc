namespace GridVolunteer.Groups.CommitReveal;

/// <summary>What opens a commitment. Secret until the round is closed.</summary>
/// <param name="Nonce">32 bytes that nobody can guess, drawn anew for every commitment.</param>
/// <param name="Digest">The hash of the result, or the root over a batch of results.</param>
public readonly record struct Opening(Bytes32 Nonce, Bytes32 Digest);
