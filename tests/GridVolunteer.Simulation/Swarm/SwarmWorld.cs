using GridVolunteer.Groups.Swarm;
using GridVolunteer.Simulation.Engine;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Swarm;

/// <summary>A blob and those who have it, want it, or pretend.</summary>
internal sealed class SwarmWorld
{
    private readonly SwarmRole[] _roles;
    private readonly PieceSet[] _before;
    private readonly SwarmProgram[] _programs;

    public SwarmWorld(
        Simulator simulator,
        BlobTruth truth,
        IReadOnlyList<(SwarmRole Role, PieceSet Pieces)> peers,
        SwarmOptions options,
        UploadAllowance allowance,
        SwarmFlaw flaw = SwarmFlaw.None)
    {
        Simulator = simulator;
        Truth = truth;
        Options = options;
        Allowance = allowance;
        Network = new SimulatedNetwork(simulator, peers.Count);
        Checker = new SwarmChecker(truth, peers.Count);
        BytesSent = new long[peers.Count];
        _roles = [.. peers.Select(p => p.Role)];
        _before = [.. peers.Select(p => p.Pieces)];
        _programs = new SwarmProgram[peers.Count];
        foreach (var machine in Network.Machines)
        {
            var (role, pieces) = peers[machine.Number];
            machine.Start(m => _programs[m.Number] = new SwarmProgram(this, m, role, pieces, flaw));
        }
    }

    public Simulator Simulator { get; }

    public BlobTruth Truth { get; }

    public SwarmOptions Options { get; }

    public UploadAllowance Allowance { get; }

    public SimulatedNetwork Network { get; }

    public SwarmChecker Checker { get; }

    public int Size => _roles.Length;

    public int FirstHonest => Array.IndexOf(_roles, SwarmRole.Honest);

    /// <summary>Bytes of blocks that each peer has sent.</summary>
    public long[] BytesSent { get; }

    public IEnumerable<int> Of(SwarmRole role) => Enumerable.Range(0, Size).Where(p => _roles[p] == role);

    public bool AllComplete => Of(SwarmRole.Fetcher).All(Checker.IsComplete);

    /// <summary>A peer learns who may hold the blob.</summary>
    public void AddHolders(int peer, IEnumerable<int> holders) =>
        Network.Machines[peer].Do(now => _programs[peer].AddHolders(holders, now));

    public void Happened(int machine, SwarmEvent happened) =>
        Checker.Happened(machine, _before[machine], happened);

    public void Lied(int liar, int victim) => Checker.Lied(liar, victim);

    public void Sent(int machine, int bytes) => BytesSent[machine] += bytes;

    public void CheckRequests(int machine) => Checker.CheckRequests(machine, _programs[machine].Node);
}
