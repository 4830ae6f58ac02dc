using GridVolunteer.Groups;
using GridVolunteer.Groups.Register;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Register;

/// <summary>
/// Machines ask for two names, talk and post; random faults happen, to the server too; then everything is mended, and
/// must come right.
/// </summary>
internal sealed class RegisterScenario(RegisterWorld world, Random choice)
{
    private static readonly double[] Losses = [0, 0.1, 0.25];
    private static readonly TimeSpan Forming = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Mended = TimeSpan.FromSeconds(150);

    private GroupEntry[] _names = [];
    private bool _isTalking = true;

    public Dictionary<string, long> Counts { get; } = [];

    /// <summary>Names of groups that somebody has dissolved.</summary>
    public HashSet<string> Dissolved { get; } = [];

    public void Play()
    {
        world.Network.Conditions = new LinkConditions
        {
            DelayExtraMean = TimeSpan.FromMilliseconds(choice.Next(3) == 0 ? 20 : 0.5),
            Loss = Losses[choice.Next(Losses.Length)],
            Duplication = choice.Next(3) == 0 ? 0.05 : 0,
            Reordering = choice.Next(3) == 0 ? 0.2 : 0,
        };
        _names = [.. new[] { "north", "south" }.Select(DrawName)];
        if (world.HasServer)
        {
            world.StartServer();
        }

        var atOnce = choice.Next(2) == 0;
        for (var n = 0; n < world.Size; n++)
        {
            var machine = n;
            world.Simulator.After(
                TimeSpan.FromSeconds(atOnce ? 0.5 : 8 * choice.NextDouble()), () => world.Start(machine, DrawWants()));
            Talk(n);
        }

        world.Simulator.RunUntil(Forming);
        for (var faults = choice.Next(1, 5); faults > 0; faults--)
        {
            var fault = (Fault)choice.Next(Enum.GetValues<Fault>().Length);
            world.Simulator.After(Trouble * choice.NextDouble(), () => Inflict(fault));
        }

        world.Simulator.RunUntil(Forming + Trouble);
        Mend();
        world.Simulator.RunUntil(Forming + Trouble + Mended);
        Counts["messages"] = world.Network.MessagesSent;
    }

    private GroupEntry DrawName(string name) => new(
        name,
        default,
        choice.Next(2) == 0 ? GroupKind.Open : GroupKind.Closed,
        world.HasServer && choice.Next(2) == 0 ? GroupRule.Hierarchical : GroupRule.Peers,
        Server: null,
        []);

    private IEnumerable<GroupEntry> DrawWants() => _names.Where(_ => choice.Next(4) > 0);

    private void Talk(int machine)
    {
        if (!_isTalking)
        {
            return;
        }

        if (world.ProgramOf(machine) is { } program)
        {
            var to = _names[choice.Next(_names.Length)];
            program.Machine.Do(now => program.Talk(to, now));
        }

        world.Simulator.After(TimeSpan.FromSeconds(0.2 + choice.NextDouble()), () => Talk(machine));
    }

    private void Inflict(Fault fault)
    {
        Counts[fault.ToString()] = Counts.GetValueOrDefault(fault.ToString()) + 1;
        var machine = choice.Next(world.Size);
        switch (fault)
        {
            case Fault.Crash:
                world.Crash(machine);
                break;
            case Fault.Restart:
                world.Crash(machine);
                world.Simulator.After(
                    TimeSpan.FromSeconds(6 * choice.NextDouble()), () => world.Start(machine, DrawWants()));
                break;
            case Fault.ServerAway when world.HasServer:
                world.Crash(world.Size);
                if (choice.Next(3) > 0)
                {
                    world.Simulator.After(TimeSpan.FromSeconds(20 * choice.NextDouble()), world.StartServer);
                }

                break;
            case Fault.Partition:
                Divide();
                break;
            case Fault.Pause:
                world.Network.Machines[machine].Pause(TimeSpan.FromSeconds(1 + (10 * choice.NextDouble())));
                break;
            case Fault.Dissolve:
                Dissolve(_names[choice.Next(_names.Length)], machine);
                break;
        }
    }

    private void Dissolve(GroupEntry name, int machine)
    {
        Dissolved.Add(name.Name);
        if (world.Server is { } server && choice.Next(2) == 0)
        {
            world.Network.Machines[world.Size].Do(now => server.Dissolve(name.Name, now));
        }
        else if (world.ProgramOf(machine) is { } program)
        {
            program.Machine.Do(now => program.Dissolve(name.Name, now));
        }
    }

    private void Divide()
    {
        var island = Enumerable.Range(0, world.Size + 1).Where(_ => choice.Next(2) == 0).ToHashSet();
        world.Network.Isolate(island, island: 1);
        for (var machine = 0; machine <= world.Size; machine++)
        {
            var subject = machine;
            for (var n = 0; n < world.Size; n++)
            {
                var observer = n;
                world.Simulator.After(TimeSpan.FromSeconds(1.5 + (3 * choice.NextDouble())), () =>
                {
                    if (!world.Network.Passes(subject, observer))
                    {
                        world.Tell(observer, subject, isFailed: true);
                    }
                });
            }
        }

        world.Simulator.After(TimeSpan.FromSeconds(1 + (14 * choice.NextDouble())), () =>
        {
            world.Network.Heal();
            world.Simulator.After(TimeSpan.FromSeconds(3 * choice.NextDouble()), world.TellTruth);
        });
    }

    private void Mend()
    {
        _isTalking = false;
        world.Network.Heal();
        foreach (var seconds in new[] { 0, 3, 12, 25 })
        {
            world.Simulator.After(TimeSpan.FromSeconds(seconds), world.TellTruth);
        }
    }

    private enum Fault
    {
        Crash,
        Restart,
        ServerAway,
        Partition,
        Pause,
        Dissolve,
    }
}
