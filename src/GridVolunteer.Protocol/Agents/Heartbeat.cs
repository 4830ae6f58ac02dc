using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Agents;

/// <summary>
/// A sign of life; it also introduces the agent, so a coordinator that restarted knows it again at once.
/// </summary>
public sealed record Heartbeat
{
    /// <summary>What people call the machine; at most 64 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What the machine is and has.</summary>
    public required HostFacts Host { get; init; }

    /// <summary>
    /// The grants the agent still works on or has unacknowledged results of; the coordinator takes back all
    /// others.
    /// </summary>
    public IReadOnlyList<GrantId> Grants { get; init => field = value ?? []; } = [];

    /// <summary>True for the last one: the agent leaves and gives back everything it holds.</summary>
    public bool Goodbye { get; init; }

    /// <summary>
    /// The <c>WorkRequest.RequestId</c> whose answer the agent last processed, so that a grant still on its
    /// way is not taken for one the agent has dropped. Null before the first.
    /// </summary>
    public string? LastRequestId { get; init; }
}
