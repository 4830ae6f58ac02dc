using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Work;

/// <summary>How much work an agent asks for.</summary>
public sealed record WorkWanted
{
    /// <summary>
    /// Seconds of work summed over the machine's threads (four threads busy for 30 s are 120); more than 0.
    /// </summary>
    public required double Seconds { get; init; }

    /// <summary>
    /// Threads that have nothing to run: at least so many units are handed out, however long one takes.
    /// Default 0.
    /// </summary>
    public int ThreadsIdle { get; init; }

    /// <summary>The most units to hand out, 1 to 4,096; default 4,096.</summary>
    public int UnitsMax { get; set; } = 4096;

    /// <summary>
    /// Jobs whose package and inputs lie on this machine already; they are preferred. At most 64 are read.
    /// </summary>
    public IReadOnlyList<JobId> JobsHeld { get; init => field = value ?? []; } = [];

    /// <summary>True when the agent's spare slot for urgent, taken-over units is free.</summary>
    public bool UrgentSlotFree { get; init; }
}
