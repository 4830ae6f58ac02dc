namespace GridVolunteer.Simulation.Detection;

/// <summary>What has really been done to a machine.</summary>
internal sealed class MachineTruth
{
    /// <summary>The last time it was started, stopped, paused or cut off, or its links were.</summary>
    public TimeSpan ImpairedUntil { get; private set; }

    /// <summary>When it last crashed.</summary>
    public TimeSpan CrashedAt { get; set; }

    /// <summary>True from the moment it was told to say goodbye.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>True once it has said goodbye and stopped, until it starts anew.</summary>
    public bool HasLeft { get; set; }

    public void Impaired(TimeSpan until) => ImpairedUntil = until > ImpairedUntil ? until : ImpairedUntil;
}
