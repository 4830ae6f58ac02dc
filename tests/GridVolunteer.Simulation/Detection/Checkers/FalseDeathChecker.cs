using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Simulation.Detection.Checkers;

/// <summary>
/// A healthy process is never called dead: none that runs, and that has not stood still or been cut off (nor has
/// the one that says so) for as long as a suspicion may last.
/// </summary>
internal sealed class FalseDeathChecker(DetectorWorld world) : IDetectorChecker
{
    private readonly TimeSpan _grace = world.Options.Period
        * (world.Options.SuspicionFactor * Math.Max(1, Math.Log10(world.Size)) * world.Options.SuspicionStretch)
        + TimeSpan.FromSeconds(5);

    public void Observe(int observer, MembershipEvent happened)
    {
        var subject = SimulatedIds.MachineOf(happened.Member);
        if (happened.Change == MembershipChange.Failed
            && world.Network.Machines[subject].IsUp
            && world.Network.Machines[subject].Boots == (int)happened.Incarnation.Boot
            && IsHealthy(subject) && IsHealthy(observer))
        {
            world.Violate($"{observer} says that {subject} is dead, which is healthy");
        }
    }

    private bool IsHealthy(int machine) => world.Truth[machine].ImpairedUntil + _grace < world.Simulator.Now;
}
