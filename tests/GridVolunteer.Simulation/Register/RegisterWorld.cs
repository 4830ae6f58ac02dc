using GridVolunteer.Groups;
using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Engine;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Register;

/// <summary>
/// Machines that want to be in groups by name, perhaps a group server on one more, and one that tells them late who is
/// there.
/// </summary>
internal sealed class RegisterWorld
{
    private readonly List<IRegisterChecker> _checkers = [];
    private readonly RegisterProgram?[] _programs;

    public RegisterWorld(int seed, int machines, bool hasServer, RegisterFlaw flaw)
    {
        Simulator = new Simulator(seed);
        Network = new SimulatedNetwork(Simulator, machines + 1);
        Size = machines;
        HasServer = hasServer;
        Flaw = flaw;
        _programs = new RegisterProgram?[machines];
    }

    public Simulator Simulator { get; }

    public SimulatedNetwork Network { get; }

    /// <summary>How many machines want groups; the server's is one more.</summary>
    public int Size { get; }

    public bool HasServer { get; }

    public RegisterFlaw Flaw { get; }

    public RegisterOptions Options { get; } = new();

    public List<string> Violations { get; } = [];

    /// <summary>The server's program, while it runs.</summary>
    public ServerProgram? Server { get; private set; }

    public IEnumerable<RegisterProgram> Running =>
        Enumerable.Range(0, Size).Select(ProgramOf).Where(p => p is not null).Select(p => p!);

    public RegisterProgram? ProgramOf(int machine) => Network.Machines[machine].IsUp ? _programs[machine] : null;

    public void Check(params IEnumerable<IRegisterChecker> checkers) => _checkers.AddRange(checkers);

    public void Start(int machine, IEnumerable<GroupEntry> wants)
    {
        if (Network.Machines[machine].IsUp)
        {
            return;
        }

        var wanted = wants.ToArray();
        Network.Machines[machine].Start(m => _programs[machine] = new RegisterProgram(this, m, wanted));
        for (var n = 0; n <= Size; n++)
        {
            // Its own detector needs a while, so it believes at first that all are there.
            if (n != machine && n < Size && _programs[n] is { } program)
            {
                Network.Machines[n].Do(now => program.MarkRestarted(machine, now));
            }
        }
    }

    public void StartServer()
    {
        if (!Network.Machines[Size].IsUp)
        {
            Network.Machines[Size].Start(m => Server = new ServerProgram(this, m));
            TellAll(Size, isFailed: false, () => Network.Machines[Size].IsUp);
        }
    }

    public void Crash(int machine)
    {
        Network.Machines[machine].Crash();
        Server = machine == Size ? null : Server;
        TellAll(machine, isFailed: true, () => !Network.Machines[machine].IsUp);
    }

    /// <summary>Tells everybody something about a machine, each after a while, if it is still so then.</summary>
    public void TellAll(int machine, bool isFailed, Func<bool> holds)
    {
        for (var n = 0; n < Size; n++)
        {
            var observer = n;
            Simulator.After(TimeSpan.FromSeconds(0.5 + (2.5 * Simulator.Random.NextDouble())), () =>
            {
                if (holds())
                {
                    Tell(observer, machine, isFailed);
                }
            });
        }
    }

    public void Tell(int observer, int machine, bool isFailed)
    {
        if (observer != machine && observer < Size && _programs[observer] is { } program)
        {
            Network.Machines[observer].Do(now => program.Mark(machine, isFailed, now));
        }
    }

    /// <summary>Tells everybody the truth about everybody.</summary>
    public void TellTruth()
    {
        for (var observer = 0; observer < Size; observer++)
        {
            for (var machine = 0; machine <= Size; machine++)
            {
                Tell(observer, machine, isFailed: !Network.Machines[machine].IsUp);
            }
        }
    }

    public void Observe(RegisterProgram observer, GroupId group, GroupEvent happened)
    {
        Simulator.Trace.Add(observer.Machine.Number, happened.GetType().Name.Length, (long)(ulong)group.Value);
        _checkers.ForEach(c => c.Observe(observer, group, happened));
    }

    public void Deliver(RegisterProgram observer, GroupId group, OpenedMessage message) =>
        _checkers.ForEach(c => c.Deliver(observer, group, message));

    public void End(RegisterProgram observer, GroupId group) => _checkers.ForEach(c => c.End(observer, group));

    public void Conclude() => _checkers.ForEach(c => c.Conclude());

    public void Violate(string what) => Violations.Add($"{Simulator.Now.TotalSeconds:F3} s: {what}");
}
