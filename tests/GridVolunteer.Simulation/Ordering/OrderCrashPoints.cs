using GridVolunteer.Groups;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Simulation.Ordering;

/// <summary>
/// One small run of two groups that overlap, the same every time but for who dies when: while all send in total order, and
/// one has just left, each machine dies just before each single message it sends, of whatever kind: frames with messages
/// and proposals (DATA, PROPOSE), and what agreement on the view without it takes. Joint, those that are in both groups send
/// to both at once.
/// </summary>
public static class OrderCrashPoints
{
    private const int Machines = 6;

    private static readonly int[][] Groups = [[0, 1, 2, 3], [3, 2, 4, 5]];
    private static readonly TimeSpan Forming = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan End = TimeSpan.FromSeconds(40);

    /// <summary>Runs all; writes how many there were, and what did not hold.</summary>
    public static bool Write(TextWriter output, bool isJoint = false)
    {
        var failures = 0;
        for (var machine = 0; machine < Machines; machine++)
        {
            var (runs, isReached) = (0, true);
            for (var index = 0; isReached; index++)
            {
                (var violations, isReached) = Run(machine, index, isJoint);
                runs += isReached ? 1 : 0;
                failures += violations.Count;
                foreach (var violation in violations)
                {
                    output.WriteLine($"  machine {machine}, send {index}: {violation}");
                }
            }

            output.WriteLine($"machine {machine}: a crash at each of {runs} sends");
        }

        return failures == 0;
    }

    /// <summary>Says too whether the machine came to that send.</summary>
    private static (IReadOnlyList<string> Violations, bool IsReached) Run(int machine, int index, bool isJoint)
    {
        var world = new OrderWorld(
            seed: 1,
            Machines,
            Groups,
            new GroupOptions { TransfersState = true },
            new OrderingOptions(),
            OrderFlaw.None,
            hasTime: false);
        OrderLayer.Watch(world);
        for (var n = 0; n < Machines; n++)
        {
            var starting = n;
            world.Simulator.After(TimeSpan.FromSeconds(0.2 * n), () => world.Start(starting, creates: true));
        }

        world.Simulator.RunUntil(Forming);
        var (left, isReached) = (index, false);
        world.Network.OnSend = (from, _, _) =>
        {
            if (from == machine && !isReached && left-- == 0)
            {
                isReached = true;
                world.Crash(machine);
            }
        };
        Talk(world, isJoint);
        // Both groups have something to agree on, while messages are under way.
        world.Network.Machines[3].Do(now => world.ProgramOf(3)?.Leave(0, now));
        world.Network.Machines[2].Do(now => world.ProgramOf(2)?.Leave(1, now));
        world.Simulator.After(TimeSpan.FromMilliseconds(3), () => Talk(world, isJoint));
        world.Simulator.RunUntil(Forming + Watched);
        world.Network.OnSend = null;
        world.Simulator.RunUntil(Forming + TimeSpan.FromSeconds(10));
        world.DissolveLost();
        world.Simulator.RunUntil(End);
        world.Conclude();
        return (world.Violations, isReached);
    }

    private static void Talk(OrderWorld world, bool isJoint)
    {
        for (var n = 0; n < Machines; n++)
        {
            if (world.ProgramOf(n) is not { } program)
            {
                continue;
            }

            program.Machine.Do(now =>
            {
                var wanted = program.Wanted.ToArray();
                foreach (var groups in isJoint ? [wanted] : wanted.Select(g => new[] { g }))
                {
                    program.Send(groups, Delivery.Total, 0, now);
                    program.Send(groups, Delivery.Total | Delivery.Safe, 0, now);
                }
            });
        }
    }
}
