using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Agents;

/// <summary>A bearer token for the agent whose key answered the challenge.</summary>
/// <param name="Token">Sent as <c>Authorization: Bearer</c>.</param>
/// <param name="Peer">The agent's id.</param>
/// <param name="ExpiresInSeconds">An hour unless configured; renew before.</param>
public sealed record TokenAnswer(string Token, PeerId Peer, double ExpiresInSeconds);
