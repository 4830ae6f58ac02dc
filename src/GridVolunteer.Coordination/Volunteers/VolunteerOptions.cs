namespace GridVolunteer.Coordination.Volunteers;

/// <summary>How volunteers' silence is judged.</summary>
public sealed class VolunteerOptions
{
    /// <summary>
    /// How often an agent beats. Default 15 s; 0.1 s to 10 min. Shorter finds silent agents sooner and costs
    /// requests.
    /// </summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long an agent may be silent before its units are given to others. Default 60 s; at least twice the
    /// interval, at most 1 h. Longer tolerates slow links; shorter recovers lost work sooner.
    /// </summary>
    public TimeSpan HeartbeatLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Everything wrong with the options, for people; empty when they are sound.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (HeartbeatInterval < TimeSpan.FromSeconds(0.1) || HeartbeatInterval > TimeSpan.FromMinutes(10))
        {
            faults.Add($"HeartbeatInterval is {HeartbeatInterval}; choose 0.1 s to 10 min.");
        }

        if (HeartbeatLimit > TimeSpan.FromHours(1))
        {
            faults.Add($"HeartbeatLimit is {HeartbeatLimit}; choose at most 1 h.");
        }

        if (HeartbeatLimit < 2 * HeartbeatInterval)
        {
            faults.Add($"HeartbeatLimit is {HeartbeatLimit}; choose at least twice HeartbeatInterval "
                + $"({HeartbeatInterval}), or one lost heartbeat takes an agent's work away.");
        }

        return faults;
    }
}
