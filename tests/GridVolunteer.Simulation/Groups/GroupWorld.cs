using GridVolunteer.Groups;
using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Engine;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Groups;

/// <summary>
/// Machines that are members of one group, perhaps with a witness on one more, the checkers that watch them, and in
/// place of a failure detector one that knows the truth, tells it late, and errs when it is told to.
/// </summary>
internal sealed class GroupWorld
{
    private readonly List<IGroupChecker> _checkers = [];
    private readonly GroupProgram?[] _programs;

    public GroupWorld(int seed, int machines, bool hasWitness, GroupOptions options, GroupFlaw flaw)
    {
        Simulator = new Simulator(seed);
        Network = new SimulatedNetwork(Simulator, machines + (hasWitness ? 1 : 0));
        Options = options;
        Flaw = flaw;
        Size = machines;
        _programs = new GroupProgram?[machines];
        Ids = [.. Enumerable.Range(0, machines).Select(SimulatedIds.Of)];
        if (hasWitness)
        {
            StartWitness();
            Witness = new MemberLife(SimulatedIds.Of(machines), 1);
        }
    }

    public Simulator Simulator { get; }

    public SimulatedNetwork Network { get; }

    public GroupOptions Options { get; }

    public GroupFlaw Flaw { get; }

    /// <summary>True when machines run detectors, and nobody tells them the truth.</summary>
    public bool HasDetectors { get; init; }

    public GroupId Group { get; } = new(7);

    public MemberLife? Witness { get; }

    /// <summary>How many machines are, or may be, members.</summary>
    public int Size { get; }

    public IReadOnlyList<ProcessId> Ids { get; }

    public List<string> Violations { get; } = [];

    /// <summary>The programs that run.</summary>
    public IEnumerable<GroupProgram> Running =>
        Enumerable.Range(0, Size).Select(ProgramOf).Where(p => p is not null).Select(p => p!);

    public GroupProgram? ProgramOf(int machine) => Network.Machines[machine].IsUp ? _programs[machine] : null;

    public void Check(params IEnumerable<IGroupChecker> checkers) => _checkers.AddRange(checkers);

    /// <summary>True when the process that votes in this life runs.</summary>
    public bool IsWitnessUp(MemberLife witness) =>
        Network.Machines[Size] is { IsUp: true } machine && (ulong)machine.Boots == witness.Life;

    /// <summary>Crashes the witness, or has it start anew; members hear of it each after some time.</summary>
    public void CrashWitness()
    {
        Network.Machines[Size].Crash();
        TellAll(Size, isFailed: true, () => !Network.Machines[Size].IsUp);
    }

    /// <summary>Starts the witness anew: it has forgotten everything.</summary>
    public void RestartWitness()
    {
        StartWitness();
        TellAll(Size, isFailed: false, () => Network.Machines[Size].IsUp);
    }

    public void Start(int machine, bool creates, double rate = 1) =>
        Network.Machines[machine].Start(m => _programs[machine] = new GroupProgram(this, m, creates), rate);

    /// <summary>Crashes a machine; the others hear of it each after some time of its own.</summary>
    public void Crash(int machine)
    {
        if (!Network.Machines[machine].IsUp)
        {
            return;
        }

        var boots = Network.Machines[machine].Boots;
        Network.Machines[machine].Crash();
        TellAll(machine, isFailed: true, () => Network.Machines[machine] is { IsUp: false } m && m.Boots == boots);
    }

    /// <summary>Starts a machine again: the others hear of the end of its old life, then that it is there.</summary>
    public void Restart(int machine)
    {
        if (Network.Machines[machine].IsUp)
        {
            return;
        }

        Start(machine, creates: false);
        for (var n = 0; n < Size; n++)
        {
            Tell(n, machine, isFailed: true);
            Tell(n, machine, isFailed: false);
        }
    }

    /// <summary>Tells everybody something about a machine, after a while, if it is still so then.</summary>
    public void TellAll(int machine, bool isFailed, Func<bool> holds)
    {
        for (var n = 0; n < Size; n++)
        {
            var observer = n;
            Simulator.After(TimeSpan.FromSeconds(0.1 + (2.5 * Simulator.Random.NextDouble())), () =>
            {
                if (observer != machine && holds())
                {
                    Tell(observer, machine, isFailed);
                }
            });
        }
    }

    public void Tell(int observer, int machine, bool isFailed)
    {
        if (observer != machine && !HasDetectors && _programs[observer] is { } program)
        {
            Network.Machines[observer].Do(now => program.Mark(machine, isFailed, now));
        }
    }

    /// <summary>Tells everybody the truth about everybody.</summary>
    public void TellTruth()
    {
        for (var observer = 0; observer < Size; observer++)
        {
            for (var machine = 0; machine < Network.Machines.Count; machine++)
            {
                Tell(observer, machine, isFailed: !Network.Machines[machine].IsUp);
            }
        }
    }

    public void Observe(GroupProgram observer, GroupEvent happened)
    {
        Simulator.Trace.Add(observer.Machine.Number, happened.GetType().Name.Length, (long)observer.History);
        foreach (var checker in _checkers)
        {
            checker.Observe(observer, happened);
        }
    }

    private void StartWitness() => Network.Machines[Size].Start(m => new WitnessProgram(this, m));

    public void Conclude() => _checkers.ForEach(c => c.Conclude());

    public void Violate(string what) => Violations.Add($"{Simulator.Now.TotalSeconds:F3} s: {what}");
}
