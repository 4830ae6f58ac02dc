using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Agents;

/// <summary>What the coordinator tells an agent that beat.</summary>
public sealed record HeartbeatAnswer
{
    /// <summary>
    /// Grants the agent listed that are void (their job ended, or nobody knows them): drop their work.
    /// </summary>
    public IReadOnlyList<GrantId> Void { get; init => field = value ?? []; } = [];

    /// <summary>How often to beat, in seconds; default 15.</summary>
    public required double IntervalSeconds { get; init; }

    /// <summary>
    /// After how much silence the coordinator gives the agent's units to others, in seconds; default 60.
    /// </summary>
    public required double LimitSeconds { get; init; }
}
