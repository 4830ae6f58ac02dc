using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Simulation.Detection.Checkers;

/// <summary>
/// A crash is known to every healthy process within the bound: the longest a suspicion lasts, and some periods to
/// come to it.
/// </summary>
internal sealed class CrashChecker(DetectorWorld world) : IDetectorChecker
{
    private readonly TimeSpan _bound = world.Options.Period
        * (world.Options.SuspicionFactor * Math.Max(1, Math.Log10(world.Size)) * world.Options.SuspicionStretch)
        + (world.Options.Period * (world.Size + 8) * 2);

    public void Sample()
    {
        for (var subject = 0; subject < world.Size; subject++)
        {
            var truth = world.Truth[subject];
            var machine = world.Network.Machines[subject];
            if (machine.IsUp || machine.Boots == 0 || truth.HasLeft || truth.IsLeaving
                || world.Simulator.Now < truth.CrashedAt + _bound)
            {
                continue;
            }

            for (var observer = 0; observer < world.Size; observer++)
            {
                CheckKnown(observer, subject);
            }
        }
    }

    private void CheckKnown(int observer, int subject)
    {
        var since = world.Truth[observer].ImpairedUntil + _bound;
        if (world.DetectorOf(observer) is { } detector && since < world.Simulator.Now
            && detector.Find(SimulatedIds.Of(subject)) is { Status: MemberStatus.Alive or MemberStatus.Suspect } known)
        {
            world.Violate($"{observer} holds {subject} for {known.Status}, which crashed "
                + $"{(world.Simulator.Now - world.Truth[subject].CrashedAt).TotalSeconds:F1} s ago");
        }
    }
}
