using GridVolunteer.Groups.Search;
using GridVolunteer.Simulation.Engine;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Search;

/// <summary>Peers that search each other, and nobody else: no coordinator is in it.</summary>
internal sealed class SearchWorld
{
    private readonly SearchProgram[] _programs;

    public SearchWorld(
        Simulator simulator, Topology topology, SearchOptions options, SearchFlaw flaw = SearchFlaw.None)
    {
        Simulator = simulator;
        Topology = topology;
        Options = options;
        Network = new SimulatedNetwork(Simulator, topology.Size);
        Checker = new SearchChecker(options);
        _programs = new SearchProgram[topology.Size];
        foreach (var machine in Network.Machines)
        {
            machine.Start(m => _programs[m.Number] = new SearchProgram(this, m, options, flaw));
        }
    }

    public Simulator Simulator { get; }

    public Topology Topology { get; }

    public SearchOptions Options { get; }

    public SimulatedNetwork Network { get; }

    public SearchChecker Checker { get; }

    public bool IsUp(int peer) => Network.Machines[peer].IsUp;

    public SearchNode Node(int peer) => _programs[peer].Node;

    /// <summary>A peer searches for what another holds, or for what all hold.</summary>
    public void Search(int asker, int? holder, int answersWanted) =>
        Network.Machines[asker].Do(now => _programs[asker].Search(holder, answersWanted, now));

    public void Asked(int machine, QueryId id, int? holder) =>
        Checker.Searches.Add(id, new AskedSearch(machine, holder));

    public void Sends(int from, int to, int? cause, byte[] bytes) => Checker.Sends(from, to, cause, bytes);

    public void Happened(int machine, SearchEvent happened) => Checker.Happened(machine, happened);
}
