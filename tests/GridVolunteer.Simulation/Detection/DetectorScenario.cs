using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Detection;

/// <summary>
/// A minute in which random faults happen, of kinds drawn for the run, and then the time in which everything
/// must come right.
/// </summary>
internal sealed class DetectorScenario(DetectorWorld world, Random choice)
{
    private static readonly double[] Losses = [0, 0.1, 0.25];
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Trouble = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Long enough that the dead were tried again some times, at a quarter of loss, and everything compared.
    /// </summary>
    private static readonly TimeSpan Mended = TimeSpan.FromSeconds(150);

    /// <summary>At last nothing is lost either, so that no suspicion of the moment is left.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(60);

    public Dictionary<string, long> Counts { get; } = [];

    public void Play()
    {
        world.Network.Conditions = DrawConditions();
        Begin();
        world.Run(Calm);
        var kinds = Enum.GetValues<Fault>().Where(_ => choice.Next(3) == 0).ToArray();
        for (var faults = choice.Next(1, 6); faults > 0; faults--)
        {
            var fault = kinds.Length == 0 ? Fault.Crash : kinds[choice.Next(kinds.Length)];
            world.Simulator.After(Trouble * choice.NextDouble(), () => Inflict(fault));
        }

        world.Run(Trouble);
        Mend();
        world.Run(Mended);
        world.Network.Conditions = world.Network.Conditions with { Loss = 0, Corruption = 0 };
        world.Run(Quiet);
    }

    private LinkConditions DrawConditions() => new()
    {
        DelayMin = TimeSpan.FromMilliseconds(choice.Next(4) == 0 ? 40 : 0.2),
        DelayExtraMean = TimeSpan.FromMilliseconds(choice.Next(3) == 0 ? 10 : 0.3),
        Loss = Losses[choice.Next(Losses.Length)],
        Duplication = choice.Next(3) == 0 ? 0.05 : 0,
        Reordering = choice.Next(3) == 0 ? 0.1 : 0,
        Corruption = choice.Next(4) == 0 ? 0.02 : 0,
    };

    private void Begin()
    {
        for (var n = 0; n < world.Size; n++)
        {
            var machine = n;
            // Where they learn of each other, knowing one is enough.
            var watched = world.Options.LearnsMembers
                ? [n == 0 ? 1 : choice.Next(n)]
                : Enumerable.Range(0, world.Size);
            world.Simulator.After(
                TimeSpan.FromSeconds(choice.NextDouble()), () => world.Start(machine, watched, DrawRate()));
        }
    }

    private double DrawRate() => 1 + ((choice.NextDouble() - 0.5) * 0.02);

    private void Inflict(Fault fault)
    {
        Counts[fault.ToString()] = Counts.GetValueOrDefault(fault.ToString()) + 1;
        var machine = choice.Next(world.Size);
        switch (fault)
        {
            case Fault.Crash:
                Crash(machine);
                break;
            case Fault.Restart:
                Crash(machine);
                world.Simulator.After(TimeSpan.FromSeconds(choice.NextDouble() * 20), () => Restart(machine));
                break;
            case Fault.Goodbye:
                if (world.Network.Machines[machine].IsUp)
                {
                    world.Leave(machine);
                }

                break;
            case Fault.Pause:
                Pause(machine, TimeSpan.FromSeconds(1 + (29 * choice.NextDouble())));
                break;
            case Fault.Partition:
                world.Network.Isolate(Enumerable.Range(0, world.Size).Where(_ => choice.Next(2) == 0), island: 1);
                ImpairAll(TimeSpan.FromSeconds(1 + (30 * choice.NextDouble())));
                break;
            case Fault.OneWayCut:
                world.Network.Cut(machine, choice.Next(world.Size));
                ImpairAll(TimeSpan.FromSeconds(1 + (30 * choice.NextDouble())));
                break;
            case Fault.Firewall:
                FailSendsTo(machine);
                break;
        }
    }

    private void Crash(int machine)
    {
        if (world.Network.Machines[machine].IsUp && !world.Truth[machine].IsLeaving)
        {
            world.Crash(machine);
        }
    }

    private void Restart(int machine)
    {
        if (!world.Network.Machines[machine].IsUp)
        {
            world.Truth[machine].IsLeaving = false;
            world.Start(machine, Enumerable.Range(0, world.Size), DrawRate());
        }
    }

    private void Pause(int machine, TimeSpan duration)
    {
        world.Network.Machines[machine].Pause(duration);
        world.Truth[machine].Impaired(world.Simulator.Now + duration);
    }

    // A cut harms both sides of it, and who is which side is not looked into.
    private void ImpairAll(TimeSpan duration)
    {
        var until = world.Simulator.Now + duration;
        foreach (var truth in world.Truth)
        {
            truth.Impaired(until);
        }

        world.Simulator.After(duration, world.Network.Heal);
    }

    // Everybody else's sends to one that has just crashed fail at once: it must still be found out.
    private void FailSendsTo(int machine)
    {
        for (var n = 0; n < world.Size; n++)
        {
            world.Network.FailSends(n, machine);
        }

        Crash(machine);
    }

    private void Mend()
    {
        world.Network.Heal();
        for (var n = 0; n < world.Size; n++)
        {
            var truth = world.Truth[n];
            var machine = world.Network.Machines[n];
            if (machine.IsPaused)
            {
                machine.Pause(TimeSpan.Zero);
            }

            truth.Impaired(world.Simulator.Now);
        }
    }

    private enum Fault
    {
        Crash,
        Restart,
        Goodbye,
        Pause,
        Partition,
        OneWayCut,
        Firewall,
    }
}
