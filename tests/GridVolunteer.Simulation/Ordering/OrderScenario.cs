using GridVolunteer.Groups.Ordering;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Ordering;

/// <summary>
/// Groups form; their members talk at mixed levels while random faults happen, some exactly at the n-th message of some
/// machine; then everything is mended and must come right.
/// </summary>
internal sealed class OrderScenario(OrderWorld world, Random choice, Delivery[] deliveries, bool isJoint)
{
    private static readonly double[] Losses = [0, 0, 0.1, 0.25];
    private static readonly TimeSpan Forming = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Mended = TimeSpan.FromSeconds(40);

    // One joint message at a time takes its time where a quarter is lost.
    private static readonly TimeSpan MendedJoint = TimeSpan.FromSeconds(120);

    private readonly Dictionary<int, int> _crashPoints = [];
    private int _crashesLeft;
    private bool _isTalking = true;

    public Dictionary<string, long> Counts { get; } = [];

    public void Play()
    {
        world.Network.Conditions = new LinkConditions
        {
            DelayExtraMean = TimeSpan.FromMilliseconds(choice.Next(3) == 0 ? 20 : 1),
            Loss = Losses[choice.Next(Losses.Length)],
            Duplication = choice.Next(3) == 0 ? 0.05 : 0,
            Reordering = choice.Next(3) == 0 ? 0.2 : 0,
        };
        for (var n = 0; n < world.Size; n++)
        {
            var machine = n;
            world.Simulator.After(
                TimeSpan.FromSeconds(0.5 * choice.NextDouble()), () => world.Start(machine, creates: true));
        }

        world.Simulator.RunUntil(Forming - TimeSpan.FromSeconds(2));
        var pause = TimeSpan.FromMilliseconds(choice.Next(150, 1_000));
        for (var n = 0; n < world.Size; n++)
        {
            Talk(n, pause);
        }

        world.Simulator.RunUntil(Forming);
        _crashesLeft = choice.Next(0, 4);
        world.Network.OnSend = OnSend;
        for (var faults = choice.Next(1, 6); faults > 0; faults--)
        {
            var fault = (Fault)choice.Next(Enum.GetValues<Fault>().Length);
            world.Simulator.After(Trouble * choice.NextDouble(), () => Inflict(fault));
        }

        world.Simulator.RunUntil(Forming + Trouble);
        Mend();
        world.Simulator.RunUntil(Forming + Trouble + (isJoint ? MendedJoint : Mended));
        if (isJoint)
        {
            Counts["joint"] = world.Sent.Count(m => m.IsJoint);
            Counts["given up"] = world.GivenUp.Count;
        }

        Counts["sent"] = world.Sent.Count;
        Counts["delivered"] = world.Delivered;
        Counts["dissolved"] = world.Dissolved.Count;
    }

    private void Talk(int machine, TimeSpan pause)
    {
        if (!_isTalking)
        {
            return;
        }

        if (world.ProgramOf(machine) is { } program)
        {
            var groups = program.Wanted.ToArray();
            var burst = choice.Next(5) == 0 ? choice.Next(2, 12) : 1;
            var delivery = deliveries[choice.Next(deliveries.Length)];
            var padding = choice.Next(20) == 0 ? 2_000 : choice.Next(50);
            var group = groups.Length == 0 ? -1 : groups[choice.Next(groups.Length)];
            int[] targets = group < 0 ? [] : isJoint && delivery.Level() >= Delivery.Total ? Widen(groups, group) : [group];
            program.Machine.Do(now =>
            {
                for (var i = 0; i < burst && targets.Length > 0 && !program.Machine.IsPaused; i++)
                {
                    program.Send(targets, delivery, padding, now);
                }
            });
        }

        world.Simulator.After(pause * (2 * choice.NextDouble()), () => Talk(machine, pause));
    }

    /// <summary>Two of three messages go to several groups, where their sender is in several.</summary>
    private int[] Widen(int[] groups, int group)
    {
        var others = groups.Where(g => g != group).ToArray();
        choice.Shuffle(others);
        return [group, .. others.Take(choice.Next(3))];
    }

    private void OnSend(int from, int to, ReadOnlyMemory<byte> bytes)
    {
        if (_crashPoints.TryGetValue(from, out var left) && (_crashPoints[from] = left - 1) < 0)
        {
            _crashPoints.Remove(from);
            Crash(from);
        }
    }

    private void Inflict(Fault fault)
    {
        Counts[fault.ToString()] = Counts.GetValueOrDefault(fault.ToString()) + 1;
        var machine = choice.Next(world.Size);
        switch (fault)
        {
            case Fault.Crash:
                Crash(machine);
                break;
            case Fault.CrashAtMessage:
                _crashPoints[machine] = choice.Next(40);
                if (choice.Next(2) == 0)
                {
                    Suspect(choice.Next(world.Size));
                }

                break;
            case Fault.TwoCrash:
                _crashPoints[machine] = choice.Next(20);
                _crashPoints[choice.Next(world.Size)] = choice.Next(20);
                break;
            case Fault.Restart:
                Crash(machine);
                world.Simulator.After(TimeSpan.FromSeconds(4 * choice.NextDouble()), () => world.Restart(machine));
                break;
            case Fault.FalseSuspicion:
                Suspect(machine);
                break;
            case Fault.Pause:
                world.Network.Machines[machine].Pause(TimeSpan.FromSeconds(0.5 + (5 * choice.NextDouble())));
                world.TellAll(machine, isFailed: true, () => world.Network.Machines[machine].IsPaused);
                break;
            case Fault.Partition:
                Divide();
                break;
            case Fault.OneWayCut:
                world.Network.Cut(machine, choice.Next(world.Size));
                world.Simulator.After(TimeSpan.FromSeconds(4 * choice.NextDouble()), world.Network.Heal);
                break;
            case Fault.LeaveAndReturn:
                Leave(machine);
                break;
        }
    }

    private void Leave(int machine)
    {
        var groups = world.ProgramOf(machine)?.Wanted.ToArray() ?? [];
        if (groups.Length == 0)
        {
            return;
        }

        var group = groups[choice.Next(groups.Length)];
        world.Network.Machines[machine].Do(now => world.ProgramOf(machine)?.Leave(group, now));
        if (choice.Next(2) == 0)
        {
            world.Simulator.After(
                TimeSpan.FromSeconds(1 + (3 * choice.NextDouble())),
                () => world.Network.Machines[machine].Do(now => world.ProgramOf(machine)?.JoinAgain(group, now)));
        }
    }

    private void Crash(int machine)
    {
        if (_crashesLeft > 0 && world.Network.Machines[machine].IsUp)
        {
            _crashesLeft--;
            world.Crash(machine);
        }
    }

    private void Suspect(int machine)
    {
        var isByAll = choice.Next(2) == 0;
        for (var n = 0; n < world.Size; n++)
        {
            var observer = n;
            if (isByAll || choice.Next(3) == 0)
            {
                world.Simulator.After(
                    TimeSpan.FromSeconds(choice.NextDouble()), () => world.Tell(observer, machine, isFailed: true));
            }

            world.Simulator.After(TimeSpan.FromSeconds(1 + (3 * choice.NextDouble())), () =>
            {
                if (world.Network.Machines[machine].IsUp)
                {
                    world.Tell(observer, machine, isFailed: false);
                }
            });
        }
    }

    private void Divide()
    {
        var island = Enumerable.Range(0, world.Size).Where(_ => choice.Next(2) == 0).ToHashSet();
        world.Network.Isolate(island, island: 1);
        for (var machine = 0; machine < world.Size; machine++)
        {
            for (var observer = 0; observer < world.Size; observer++)
            {
                var (a, b) = (machine, observer);
                world.Simulator.After(TimeSpan.FromSeconds(1 + (2 * choice.NextDouble())), () =>
                {
                    if (!world.Network.Passes(a, b))
                    {
                        world.Tell(b, a, isFailed: true);
                    }
                });
            }
        }

        world.Simulator.After(TimeSpan.FromSeconds(1 + (5 * choice.NextDouble())), () =>
        {
            world.Network.Heal();
            world.Simulator.After(TimeSpan.FromSeconds(2 * choice.NextDouble()), world.TellTruth);
        });
    }

    private void Mend()
    {
        _isTalking = false;
        _crashPoints.Clear();
        world.Network.OnSend = null;
        world.Network.Heal();
        foreach (var seconds in new[] { 0, 3, 12 })
        {
            world.Simulator.After(TimeSpan.FromSeconds(seconds), world.TellTruth);
        }

        world.Simulator.After(TimeSpan.FromSeconds(8), world.DissolveLost);
        world.Simulator.After(TimeSpan.FromSeconds(25), world.DissolveLost);
    }

    private enum Fault
    {
        Crash,
        CrashAtMessage,
        TwoCrash,
        Restart,
        FalseSuspicion,
        Pause,
        Partition,
        OneWayCut,
        LeaveAndReturn,
    }
}
