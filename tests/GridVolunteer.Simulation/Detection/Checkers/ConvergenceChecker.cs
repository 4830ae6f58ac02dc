using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Simulation.Detection.Checkers;

/// <summary>
/// Any healed partition becomes one view: some time after all faults are mended everybody who runs holds everybody
/// who runs for alive, at its true incarnation, and nobody else.
/// </summary>
internal sealed class ConvergenceChecker(DetectorWorld world) : IDetectorChecker
{
    public void Conclude()
    {
        for (var observer = 0; observer < world.Size; observer++)
        {
            if (world.DetectorOf(observer) is not { } detector)
            {
                continue;
            }

            for (var subject = 0; subject < world.Size; subject++)
            {
                if (subject != observer)
                {
                    Compare(observer, detector.Find(SimulatedIds.Of(subject)), subject);
                }
            }
        }
    }

    private void Compare(int observer, Member? known, int subject)
    {
        var owner = world.DetectorOf(subject);
        var isRight = (known, owner) switch
        {
            (null, _) => owner is null,
            ({ Status: MemberStatus.Alive }, not null) => known.Incarnation == owner.Incarnation,
            (_, not null) => false,
            _ => known.Status is MemberStatus.Dead or MemberStatus.Left,
        };
        if (!isRight)
        {
            var truth = owner is null ? "down" : $"up at {owner.Incarnation}";
            world.Violate($"{observer} holds {subject} for {known?.Status.ToString() ?? "unknown"} at "
                + $"{known?.Incarnation}, long after all was mended; it is {truth}");
        }
    }
}
