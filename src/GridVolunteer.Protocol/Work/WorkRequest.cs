namespace GridVolunteer.Protocol.Work;

/// <summary>
/// One exchange of an agent with the coordinator: results of finished units go in, new grants come out.
/// Either half may be absent. A retry repeats the same <see cref="RequestId"/> and gets the same answer.
/// </summary>
public sealed record WorkRequest
{
    /// <summary>
    /// The agent's own id of this exchange, new for each but the same in a retry; at most 64 characters.
    /// </summary>
    public required string RequestId { get; init; }

    /// <summary>What became of units granted earlier; none by default.</summary>
    public IReadOnlyList<GrantReport> Reports { get; init => field = value ?? []; } = [];

    /// <summary>What the agent would like to compute next, or null when it only reports.</summary>
    public WorkWanted? Wanted { get; init; }

    /// <summary>
    /// How long the answer may wait for work to appear (long poll), in seconds; 0 to 60, default 0.
    /// </summary>
    public double WaitSeconds { get; init; }
}
