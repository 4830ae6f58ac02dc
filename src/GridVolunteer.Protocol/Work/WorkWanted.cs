using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Work;

/// <summary>How much work an agent asks for.</summary>
public sealed record WorkWanted
{
    /// <summary>Seconds of work for the whole machine, all threads together; more than 0.</summary>
    public required double Seconds { get; init; }

    /// <summary>The most units to hand out, 1 to 4,096; default 4,096.</summary>
    public int UnitsMax { get; set; } = 4096;

    /// <summary>Jobs whose package and inputs lie on this machine already; they are preferred. At most 64 are read.</summary>
    public IReadOnlyList<JobId> JobsHeld { get; set; } = [];

    /// <summary>True when the agent's spare slot for urgent, taken-over units is free.</summary>
    public bool UrgentSlotFree { get; init; }
}
