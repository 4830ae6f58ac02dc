namespace GridVolunteer.Protocol.Agents;

/// <summary>A challenge for one key, good once.</summary>
/// <param name="Nonce">Opaque bytes to sign with SHA-256 and the key (IEEE P1363 form), after the ASCII
/// prefix <c>gridvolunteer-challenge-v1:</c>.</param>
/// <param name="ExpiresInSeconds">How long it may be answered.</param>
public sealed record Challenge(byte[] Nonce, double ExpiresInSeconds);
