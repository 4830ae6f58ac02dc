using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Simulation.Detection.Checkers;

/// <summary>
/// An old incarnation never wins: what a process knows of another's never falls. And only its owner raises it:
/// nobody knows of one that the owner has not reached.
/// </summary>
internal sealed class IncarnationChecker(DetectorWorld world) : IDetectorChecker
{
    private readonly Dictionary<(int Observer, int Boots, int Subject), Incarnation> _seen = [];
    private readonly Incarnation[] _reached = new Incarnation[world.Size];

    public void Observe(int observer, MembershipEvent happened)
    {
        if (happened.Change != MembershipChange.Departed)
        {
            See(observer, SimulatedIds.MachineOf(happened.Member), happened.Incarnation);
        }
    }

    public void Sample()
    {
        for (var observer = 0; observer < world.Size; observer++)
        {
            if (world.DetectorOf(observer) is not { } detector)
            {
                continue;
            }

            foreach (var member in detector.Members)
            {
                See(observer, SimulatedIds.MachineOf(member.Id), member.Incarnation);
            }
        }
    }

    private void See(int observer, int subject, Incarnation incarnation)
    {
        // A machine that is down has reached what it had when it was last seen, or a little more.
        if (world.DetectorOf(subject) is { } owner)
        {
            _reached[subject] = owner.Incarnation > _reached[subject] ? owner.Incarnation : _reached[subject];
            if (incarnation > _reached[subject])
            {
                world.Violate($"{observer} knows {subject} at {incarnation}; it has reached {_reached[subject]}");
            }
        }

        var key = (observer, world.Network.Machines[observer].Boots, subject);
        if (_seen.TryGetValue(key, out var before) && incarnation < before)
        {
            world.Violate($"{observer} knew {subject} at {before}, and now at {incarnation}");
        }

        _seen[key] = incarnation;
    }
}
