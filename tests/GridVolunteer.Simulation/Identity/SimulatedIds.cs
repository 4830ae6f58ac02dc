using GridVolunteer.Groups;

namespace GridVolunteer.Simulation.Identity;

/// <summary>Which machine is which process: small numbers, so that traces can be read.</summary>
public static class SimulatedIds
{
    /// <summary>The process on a machine.</summary>
    public static ProcessId Of(int machine) => new((UInt128)(uint)(machine + 1));

    /// <summary>The machine of a process.</summary>
    public static int MachineOf(ProcessId id) => (int)(uint)id.Value - 1;
}
