using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Simulation.Detection.Checkers;

/// <summary>
/// Whoever has said goodbye and was heard has left: nobody who could hear it reports a failure, and in the end
/// everybody knows that it has left.
/// </summary>
internal sealed class GoodbyeChecker(DetectorWorld world) : IDetectorChecker
{
    private readonly Dictionary<int, int> _departed = [];

    public void Observe(int observer, MembershipEvent happened)
    {
        if (happened.Change == MembershipChange.Departed)
        {
            _departed[observer] = (int)happened.Incarnation.Boot;
        }

        var subject = SimulatedIds.MachineOf(happened.Member);
        if (happened.Change == MembershipChange.Failed
            && world.Truth[subject].IsLeaving
            && world.Network.Machines[subject].Boots == (int)happened.Incarnation.Boot
            && world.Truth[subject].ImpairedUntil + TimeSpan.FromSeconds(20) < world.Simulator.Now
            && world.Truth[observer].ImpairedUntil + TimeSpan.FromSeconds(20) < world.Simulator.Now)
        {
            world.Violate($"{observer} says that {subject} failed, which has said goodbye");
        }
    }

    public void Conclude()
    {
        foreach (var (subject, boots) in _departed)
        {
            var opinions = Enumerable.Range(0, world.Size)
                .Select(o => (Observer: o, Status: world.DetectorOf(o)?.Find(SimulatedIds.Of(subject))?.Status))
                .Where(o => o.Status is not null)
                .ToList();
            // When whoever heard it has crashed since, nobody can know.
            if (world.Network.Machines[subject].Boots != boots || opinions.All(o => o.Status != MemberStatus.Left))
            {
                continue;
            }

            foreach (var (observer, status) in opinions.Where(o => o.Status != MemberStatus.Left))
            {
                world.Violate($"{observer} holds {subject} for {status}; it has said goodbye");
            }
        }
    }
}
