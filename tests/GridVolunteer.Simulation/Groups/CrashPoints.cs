using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Campaigns;

namespace GridVolunteer.Simulation.Groups;

/// <summary>
/// One small run, the same every time but for who dies when: at each single DATA, PREPARE, ACCEPT and COMMIT that is
/// sent, its sender dies just before it; and for each of the leader's the successor dies at each of its own.
/// </summary>
public static class CrashPoints
{
    private const int Size = 7;

    private static readonly TimeSpan Forming = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan End = TimeSpan.FromSeconds(45);
    private static readonly GroupMessage[] Kinds =
        [GroupMessage.Data, GroupMessage.Prepare, GroupMessage.Accept, GroupMessage.Commit];

    /// <summary>Runs all; writes how many there were, and what did not hold.</summary>
    public static bool Write(TextWriter output)
    {
        var failures = 0;
        foreach (var kind in Kinds)
        {
            var runs = 0;
            for (var isReached = true; isReached; runs++)
            {
                var (outcome, reached) = Run(new Point(kind, runs, Machine: null), second: null);
                isReached = reached > 0;
                failures += Report(output, outcome, $"{kind} {runs}");
            }

            output.WriteLine($"{kind}: a crash at each of {runs - 1} sends");
        }

        foreach (var kind in Kinds.Skip(1))
        {
            failures += WriteSuccessors(output, kind);
        }

        return failures == 0;
    }

    private static int WriteSuccessors(TextWriter output, GroupMessage kind)
    {
        var (runs, failures) = (0, 0);
        foreach (var next in Kinds.Skip(1))
        {
            for (var (first, leads) = (0, true); leads && first < Size; first++)
            {
                leads = false;
                for (var (second, follows) = (0, true); follows && second < Size; second++)
                {
                    var (outcome, reached) = Run(new Point(kind, first, 0), new Point(next, second, 1));
                    leads |= reached > 0;
                    follows = reached > 1;
                    runs += follows ? 1 : 0;
                    failures += Report(output, outcome, $"{kind} {first}, then {next} {second}");
                }
            }
        }

        output.WriteLine($"{kind} of the leader, then one of its successor: {runs} pairs");
        return failures;
    }

    private static int Report(TextWriter output, RunOutcome outcome, string what)
    {
        foreach (var violation in outcome.Violations)
        {
            output.WriteLine($"  at {what}: {violation}");
        }

        return outcome.Violations.Count > 0 ? 1 : 0;
    }

    /// <summary>Says too how many of the points were reached.</summary>
    private static (RunOutcome Outcome, int Reached) Run(Point first, Point? second)
    {
        var world = new GroupWorld(
            1, Size, hasWitness: false, new GroupOptions { TransfersState = true }, GroupFlaw.None);
        var trial = new GroupTrial(world);
        for (var n = 0; n < Size; n++)
        {
            var machine = n;
            world.Simulator.After(
                TimeSpan.FromSeconds(0.3 * n), () => world.Start(machine, creates: machine == 0));
        }

        world.Simulator.RunUntil(Forming);
        Point?[] points = [first, second];
        var reached = 0;
        world.Network.OnSend = (from, _, bytes) =>
        {
            var at = Array.FindIndex(
                points, p => p is { } point && (byte)point.Kind == bytes.Span[0] && (point.Machine ?? from) == from);
            if (at >= 0 && points[at]!.Value.Index == 0)
            {
                points[at] = null;
                reached++;
                world.Crash(from);
            }
            else if (at >= 0)
            {
                points[at] = points[at]!.Value with { Index = points[at]!.Value.Index - 1 };
            }
        };
        Talk(world);
        // Something to agree on, while messages are under way.
        world.Crash(Size - 1);
        Talk(world);
        world.Simulator.RunUntil(End);
        return (trial.Conclude([]), reached);
    }

    private static void Talk(GroupWorld world)
    {
        foreach (var machine in new[] { 0, 2 })
        {
            world.ProgramOf(machine)?.Machine.Do(now => world.ProgramOf(machine)?.Send(machine == 2, 0, now));
        }
    }

    private readonly record struct Point(GroupMessage Kind, int Index, int? Machine);
}
