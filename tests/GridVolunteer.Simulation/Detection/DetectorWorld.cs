using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Simulation.Engine;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Detection;

/// <summary>Machines that each run a detector, the truth about them, and the checkers that compare.</summary>
internal sealed class DetectorWorld
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(1);

    private readonly List<IDetectorChecker> _checkers = [];
    private readonly DetectorProgram?[] _programs;

    public DetectorWorld(int seed, int machines, DetectorOptions options, DetectorFlaw flaw = DetectorFlaw.None)
    {
        Simulator = new Simulator(seed);
        Network = new SimulatedNetwork(Simulator, machines);
        Options = options;
        Flaw = flaw;
        _programs = new DetectorProgram?[machines];
        Truth = [.. Enumerable.Range(0, machines).Select(_ => new MachineTruth())];
    }

    public Simulator Simulator { get; }

    public SimulatedNetwork Network { get; }

    public DetectorOptions Options { get; }

    public DetectorFlaw Flaw { get; }

    public int Size => _programs.Length;

    /// <summary>What has been done to each machine.</summary>
    public IReadOnlyList<MachineTruth> Truth { get; }

    /// <summary>What did not hold.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>The detector on a machine that runs; null when it is down.</summary>
    public FailureDetector? DetectorOf(int machine) =>
        Network.Machines[machine].IsUp ? _programs[machine]?.Detector : null;

    public void Check(params IEnumerable<IDetectorChecker> checkers) => _checkers.AddRange(checkers);

    public void Start(int machine, IEnumerable<int> watched, double rate = 1)
    {
        Truth[machine].HasLeft = false;
        Truth[machine].Impaired(Simulator.Now);
        Network.Machines[machine].Start(m => _programs[machine] = new DetectorProgram(this, m, watched), rate);
    }

    public void StartAll()
    {
        for (var n = 0; n < Size; n++)
        {
            Start(n, Enumerable.Range(0, Size));
        }
    }

    public void Crash(int machine)
    {
        Truth[machine].Impaired(Simulator.Now);
        Truth[machine].CrashedAt = Simulator.Now;
        Network.Machines[machine].Crash();
    }

    public void Leave(int machine)
    {
        Truth[machine].IsLeaving = true;
        Network.Machines[machine].Do(now => _programs[machine]!.Leave(now));
    }

    public void Observe(int observer, MembershipEvent happened)
    {
        Simulator.Trace.Add(observer, (long)happened.Change, SimulatedIds.MachineOf(happened.Member));
        if (happened.Change == MembershipChange.Departed)
        {
            Truth[observer].HasLeft = true;
            Simulator.After(TimeSpan.FromMilliseconds(1), () => Network.Machines[observer].Crash());
        }

        foreach (var checker in _checkers)
        {
            checker.Observe(observer, happened);
        }
    }

    /// <summary>Runs on, with the checkers looking once a second.</summary>
    public void Run(TimeSpan duration)
    {
        var end = Simulator.Now + duration;
        while (Simulator.Now < end)
        {
            var next = Simulator.Now + SampleInterval;
            Simulator.RunUntil(next < end ? next : end);
            _checkers.ForEach(c => c.Sample());
        }
    }

    public void Conclude() => _checkers.ForEach(c => c.Conclude());

    public void Violate(string what) => Violations.Add($"{Simulator.Now.TotalSeconds:F3} s: {what}");
}
