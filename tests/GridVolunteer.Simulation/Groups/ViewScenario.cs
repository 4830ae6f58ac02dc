using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Groups;

/// <summary>
/// A group forms; its members talk while random faults happen, some exactly at the n-th message of some kind; then
/// everything is mended and must come right.
/// </summary>
internal sealed class ViewScenario(GroupWorld world, Random choice)
{
    private static readonly double[] Losses = [0, 0.1, 0.25];
    private static readonly TimeSpan Forming = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Mended = TimeSpan.FromSeconds(60);

    private static readonly GroupMessage[] CrashPoints =
    [
        GroupMessage.Data, GroupMessage.Status, GroupMessage.Prepare, GroupMessage.Promise, GroupMessage.Accept,
        GroupMessage.Accepted, GroupMessage.Commit, GroupMessage.Join, GroupMessage.State,
    ];

    private readonly List<CrashPoint> _crashPoints = [];
    private int _crashesLeft;
    private bool _isTalking = true;

    public Dictionary<string, long> Counts { get; } = [];

    public void Play()
    {
        world.Network.Conditions = new LinkConditions
        {
            DelayExtraMean = TimeSpan.FromMilliseconds(choice.Next(3) == 0 ? 20 : 0.5),
            Loss = Losses[choice.Next(Losses.Length)],
            Duplication = choice.Next(3) == 0 ? 0.05 : 0,
            Reordering = choice.Next(3) == 0 ? 0.2 : 0,
        };
        Form();
        world.Simulator.RunUntil(Forming);
        _crashesLeft = Math.Max(1, (world.Size - 1) / 2);
        world.Network.OnSend = OnSend;
        for (var faults = choice.Next(1, 6); faults > 0; faults--)
        {
            var fault = (Fault)choice.Next(Enum.GetValues<Fault>().Length);
            world.Simulator.After(Trouble * choice.NextDouble(), () => Inflict(fault));
        }

        world.Simulator.RunUntil(Forming + Trouble);
        Mend();
        world.Simulator.RunUntil(Forming + Trouble + Mended);
    }

    private void Form()
    {
        world.Start(0, creates: true);
        var atOnce = choice.Next(2) == 0;
        for (var n = 1; n < world.Size; n++)
        {
            var machine = n;
            world.Simulator.After(
                TimeSpan.FromSeconds(atOnce ? 0.1 : 3 * choice.NextDouble()), () => world.Start(machine, creates: false));
        }

        // No more than a small window can carry at a quarter of loss.
        var pause = TimeSpan.FromMilliseconds(choice.Next(world.Options.WindowMessages < 10 ? 300 : 20, 400));
        for (var n = 0; n < world.Size; n++)
        {
            Talk(n, pause);
        }
    }

    private void Talk(int machine, TimeSpan pause)
    {
        if (!_isTalking)
        {
            return;
        }

        if (world.ProgramOf(machine) is { } program)
        {
            var (isSafe, padding) = (choice.Next(4) == 0, choice.Next(20) == 0 ? 2_000 : choice.Next(50));
            program.Machine.Do(now =>
            {
                if (!program.Machine.IsPaused)
                {
                    program.Send(isSafe, padding, now);
                }
            });
        }

        world.Simulator.After(pause * (2 * choice.NextDouble()), () => Talk(machine, pause));
    }

    private void OnSend(int from, int to, ReadOnlyMemory<byte> bytes)
    {
        for (var i = 0; i < _crashPoints.Count; i++)
        {
            var point = _crashPoints[i];
            if ((byte)point.Message == bytes.Span[0] && from < world.Size && (point.Machine < 0 || point.Machine == from))
            {
                _crashPoints[i] = point with { Index = point.Index - 1, Machine = from };
                if (point.Index == 0)
                {
                    _crashPoints.RemoveAt(i);
                    Crash(from);
                }

                return;
            }
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
                AddCrashPoint();
                break;
            case Fault.LeaderAndSuccessor:
                // Each leads once the one before is found out, and dies while it does.
                _crashPoints.Add(new CrashPoint(GroupMessage.Prepare, choice.Next(10), -1));
                _crashPoints.Add(new CrashPoint(GroupMessage.Accept, choice.Next(10), -1));
                Crash(machine);
                break;
            case Fault.HolderDies:
                // A sender dies while it sends, so that only some hold its last; the leader, while it commits that.
                _crashPoints.Add(new CrashPoint(GroupMessage.Data, choice.Next(60), -1));
                _crashPoints.Add(new CrashPoint(GroupMessage.Commit, 1 + choice.Next(2), -1));
                break;
            case Fault.Restart:
                Crash(machine);
                world.Simulator.After(TimeSpan.FromSeconds(5 * choice.NextDouble()), () => world.Restart(machine));
                break;
            case Fault.FalseSuspicion:
                Suspect(machine);
                break;
            case Fault.Pause:
                world.Network.Machines[machine].Pause(TimeSpan.FromSeconds(1 + (10 * choice.NextDouble())));
                world.TellAll(machine, isFailed: true, () => world.Network.Machines[machine].IsPaused);
                break;
            case Fault.Partition:
                Divide();
                break;
            case Fault.OneWayCut:
                world.Network.Cut(machine, choice.Next(world.Size));
                world.Simulator.After(TimeSpan.FromSeconds(6 * choice.NextDouble()), world.Network.Heal);
                break;
            case Fault.WitnessAway:
                SendWitnessAway();
                break;
            case Fault.Leave:
                world.ProgramOf(machine)?.Machine.Do(now => world.ProgramOf(machine)!.Leave(now));
                break;
        }
    }

    private void AddCrashPoint()
    {
        var message = CrashPoints[choice.Next(CrashPoints.Length)];
        _crashPoints.Add(new CrashPoint(message, choice.Next(message == GroupMessage.Data ? 40 : 12), -1));
        // So that there is something to agree on.
        Suspect(choice.Next(world.Size));
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
            if (isByAll || choice.Next(world.Size) == 0)
            {
                world.Simulator.After(
                    TimeSpan.FromSeconds(choice.NextDouble()), () => world.Tell(observer, machine, isFailed: true));
            }

            world.Simulator.After(TimeSpan.FromSeconds(1 + (4 * choice.NextDouble())), () =>
            {
                if (world.Network.Machines[machine].IsUp)
                {
                    world.Tell(observer, machine, isFailed: false);
                }
            });
        }
    }

    private void SendWitnessAway()
    {
        if (world.Witness is null || !world.Network.Machines[world.Size].IsUp)
        {
            return;
        }

        world.CrashWitness();
        if (choice.Next(3) > 0)
        {
            world.Simulator.After(TimeSpan.FromSeconds(10 * choice.NextDouble()), world.RestartWitness);
        }
    }

    private void Divide()
    {
        var island = Enumerable.Range(0, world.Size).Where(_ => choice.Next(2) == 0).ToHashSet();
        world.Network.Isolate(island, island: 1);
        foreach (var machine in Enumerable.Range(0, world.Size))
        {
            // Each side holds the other for dead after a while, if it lasts so long.
            for (var n = 0; n < world.Size; n++)
            {
                var observer = n;
                world.Simulator.After(TimeSpan.FromSeconds(1.5 + (3 * choice.NextDouble())), () =>
                {
                    if (!world.Network.Passes(machine, observer))
                    {
                        world.Tell(observer, machine, isFailed: true);
                    }
                });
            }
        }

        world.Simulator.After(TimeSpan.FromSeconds(1 + (9 * choice.NextDouble())), () =>
        {
            world.Network.Heal();
            world.Simulator.After(TimeSpan.FromSeconds(3 * choice.NextDouble()), world.TellTruth);
        });
    }

    private void Mend()
    {
        _isTalking = false;
        _crashPoints.Clear();
        world.Network.OnSend = null;
        world.Network.Heal();
        // Some keep to themselves what they know for a while, as a detector would.
        foreach (var seconds in new[] { 0, 3, 12 })
        {
            world.Simulator.After(TimeSpan.FromSeconds(seconds), world.TellTruth);
        }
    }

    private enum Fault
    {
        Crash,
        CrashAtMessage,
        LeaderAndSuccessor,
        HolderDies,
        Restart,
        FalseSuspicion,
        Pause,
        Partition,
        OneWayCut,
        WitnessAway,
        Leave,
    }

    private readonly record struct CrashPoint(GroupMessage Message, int Index, int Machine);
}
