namespace GridVolunteer.Protocol.Agents;

/// <summary>Asks for a challenge to sign.</summary>
/// <param name="PublicKey">ECDSA P-256 key, DER SubjectPublicKeyInfo, base64 in JSON.</param>
public sealed record ChallengeRequest(byte[] PublicKey);
