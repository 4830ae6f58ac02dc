using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Groups;

/// <summary>One group of eight, some faults one after the other with time between them, and then nothing but time.</summary>
internal sealed class MembersScenario(GroupWorld world, Random choice)
{
    public const int Size = 8;

    private static readonly double[] Losses = [0, 0.1, 0.25];
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private bool _isTalking = true;

    public Dictionary<string, long> Counts { get; } = [];

    public void Play()
    {
        world.Network.Conditions = new LinkConditions { Loss = Losses[choice.Next(Losses.Length)] };
        world.Start(0, creates: true, DrawRate());
        // All the others at once, or one by one.
        var within = choice.Next(2) == 0 ? 0.01 : 4;
        for (var n = 1; n < Size; n++)
        {
            var machine = n;
            world.Simulator.After(
                Second * (0.5 + (within * choice.NextDouble())), () => world.Start(machine, creates: false, DrawRate()));
        }

        for (var n = 0; n < Size; n++)
        {
            Talk(n);
        }

        Pass(Second * 12);
        for (var faults = choice.Next(1, 4); faults > 0; faults--)
        {
            var fault = (Fault)choice.Next(Enum.GetValues<Fault>().Length);
            Counts[fault.ToString()] = Counts.GetValueOrDefault(fault.ToString()) + 1;
            Inflict(fault);
            Pass(Second * 8);
        }

        _isTalking = false;
        world.Network.Conditions = world.Network.Conditions with { Loss = world.Network.Conditions.Loss / 2 };
        // The dead are tried again every 10 to 30 s.
        Pass(Second * 150);
    }

    // A clock that is wrong by a tenth is a broken one; a host's clock never goes back.
    private double DrawRate() => choice.Next(2) == 0 ? 1 : 0.9 + (0.2 * choice.NextDouble());

    private void Pass(TimeSpan duration) => world.Simulator.RunUntil(world.Simulator.Now + duration);

    private void Talk(int machine)
    {
        if (_isTalking)
        {
            world.ProgramOf(machine)?.Machine.Do(now => world.ProgramOf(machine)?.Send(choice.Next(4) == 0, 0, now));
            world.Simulator.After(Second * (0.1 + choice.NextDouble()), () => Talk(machine));
        }
    }

    private void Inflict(Fault fault)
    {
        var machine = choice.Next(Size);
        switch (fault)
        {
            case Fault.Half:
                Divide(4);
                break;
            case Fault.FiveAndThree:
                Divide(3);
                break;
            case Fault.Pause:
                world.Network.Machines[machine].Pause(Second * (1 + (29 * choice.NextDouble())));
                Pass(Second * 20);
                break;
            case Fault.Restart:
                world.Crash(machine);
                // Before anybody notices, or long after.
                Pass(Second * (choice.Next(2) == 0 ? choice.NextDouble() : 10));
                world.Start(machine, creates: false, DrawRate());
                break;
            case Fault.CrashOfLeaderAndNext:
                world.Crash(0);
                Pass(Second * (4 * choice.NextDouble()));
                world.Crash(1);
                Pass(Second * 10);
                RestartAll();
                break;
            case Fault.ClockJump:
                // The wall clock is nothing to the protocols; that a tick comes late is.
                world.Network.Machines[machine].WallOffset += Second * (choice.Next(2) == 0 ? 10 : -10);
                world.Network.Machines[machine].Pause(Second * 2);
                break;
        }
    }

    private void Divide(int minority)
    {
        var island = Enumerable.Range(0, Size).OrderBy(_ => choice.Next()).Take(minority).ToArray();
        world.Network.Isolate(island, island: 1);
        // Suspicions last about 2 to 12 s: healed before anybody is buried, or after.
        Pass(Second * (choice.Next(2) == 0 ? 1.5 : 20));
        world.Network.Heal();
        Pass(Second * 35);
    }

    private void RestartAll()
    {
        for (var n = 0; n < Size; n++)
        {
            if (!world.Network.Machines[n].IsUp)
            {
                world.Start(n, creates: false, DrawRate());
            }
        }
    }

    private enum Fault
    {
        Half,
        FiveAndThree,
        Pause,
        Restart,
        CrashOfLeaderAndNext,
        ClockJump,
    }
}
