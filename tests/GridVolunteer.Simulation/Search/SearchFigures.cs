using GridVolunteer.Groups.Search;
using GridVolunteer.Simulation.Engine;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Search;

/// <summary>
/// How many peers a flood reaches and what it costs: 200 peers in 25 neighbourhoods of 8 with bridges.
/// </summary>
public static class SearchFigures
{
    private const int Homes = 25;

    /// <summary>Writes the figures, over so many fleets.</summary>
    public static void Write(TextWriter output, int fleets = 100)
    {
        foreach (var varying in new[] { false, true })
        {
            var delays = varying ? "delays of 5 ms and 20 ms more on average" : "equal delays";
            output.WriteLine($"{fleets} fleets, {delays}");
            output.WriteLine(
                "time to live | reached | messages a peer | 30 % dead: reached, of the reachable, messages");
            for (var timeToLive = 1; timeToLive <= SearchOptions.TimeToLiveCap; timeToLive++)
            {
                var all = Measure(timeToLive, fleets, deadShare: 0, varying);
                var some = Measure(timeToLive, fleets, deadShare: 0.3, varying);
                output.WriteLine(
                    $"{timeToLive} | {all.OfLiving:P1} | {all.MessagesPerPeer:F1} | {some.OfLiving:P1} | "
                    + $"{some.OfReachable:P1} | {some.MessagesPerPeer:F1}");
            }
        }
    }

    /// <summary>
    /// The share of the living peers that a flood reaches, of those that are connected to the asker at all,
    /// and the messages for each living peer; means.
    /// </summary>
    public static (double OfLiving, double OfReachable, double MessagesPerPeer) Measure(
        int timeToLive, int fleets, double deadShare, bool varying)
    {
        double ofLiving = 0, ofReachable = 0, cost = 0;
        for (var seed = 1; seed <= fleets; seed++)
        {
            var world = Fleet(seed, timeToLive, deadShare, varying);
            world.Search(0, holder: world.Topology.Size, answersWanted: 1);
            world.Simulator.RunUntil(TimeSpan.FromSeconds(5));
            var living = Enumerable.Range(1, world.Topology.Size - 1).Count(world.IsUp);
            var search = world.Checker.Searches.Values.Single();
            ofLiving += (double)search.Handled.Count / living;
            ofReachable += (double)search.Handled.Count
                / world.Topology.DistancesFrom(0, world.IsUp).Count(d => d > 0);
            cost += (double)search.Messages / (living + 1);
        }

        return (ofLiving / fleets, ofReachable / fleets, cost / fleets);
    }

    private static SearchWorld Fleet(int seed, int timeToLive, double deadShare, bool varying)
    {
        var random = new Random(seed);
        var topology = Topology.Neighbourhoods(Homes, random);
        var options = SearchOptions.Default with { Rings = [timeToLive], NeighboursMax = 64 };
        var world = new SearchWorld(new Simulator(seed), topology, options);
        world.Network.Conditions = new LinkConditions
        {
            DelayMin = TimeSpan.FromMilliseconds(5),
            DelayExtraMean = varying ? TimeSpan.FromMilliseconds(20) : TimeSpan.Zero,
        };
        foreach (var peer in Enumerable.Range(1, topology.Size - 1).OrderBy(_ => random.Next())
            .Take((int)(deadShare * topology.Size)))
        {
            world.Network.Machines[peer].Crash();
        }

        return world;
    }
}
