using GridVolunteer.Groups.Search;
using GridVolunteer.Simulation.Campaigns;
using GridVolunteer.Simulation.Engine;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Search;

/// <summary>
/// Searches among 5 to 64 peers, on links that lose, double and reorder, while some peers are dead. One run
/// in three is calm and of constant delay: then what a search reaches is known exactly.
/// </summary>
public sealed class SearchLayer : ILayer
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private static readonly double[] Losses = [0, 0.1, 0.25];

    /// <inheritdoc/>
    public string Name => "search";

    /// <inheritdoc/>
    public IReadOnlyList<string> Flaws { get; } =
        [.. Enum.GetValues<SearchFlaw>().Where(f => f != SearchFlaw.None).Select(f => f.ToString())];

    /// <inheritdoc/>
    public RunOutcome Run(int seed, string? flaw = null)
    {
        var choice = new Random(seed);
        var isCalm = choice.Next(3) == 0;
        var topology = choice.Next(2) == 0
            ? Topology.Neighbourhoods(choice.Next(4, 9), choice)
            : Topology.Random(choice.Next(5, 40), choice.Next(30), choice);
        var options = SearchOptions.Default with
        {
            AnswersGoDirect = choice.Next(4) == 0,
            NeighboursMax = 64,
            AnswersPassedMax = 64,
        };
        var built = flaw is null ? SearchFlaw.None : Enum.Parse<SearchFlaw>(flaw);
        var world = new SearchWorld(new Simulator(seed), topology, options, built);
        world.Network.Conditions = isCalm ? Constant() : Rough(choice);
        var counts = new Dictionary<string, long>();
        var dead = Kill(world, isCalm ? choice.Next(3) : choice.Next(topology.Size / 2), choice);
        Ask(world, choice);
        world.Simulator.RunUntil(Long);
        Conclude(world, isCalm);
        counts["searches"] = world.Checker.Searches.Count;
        counts["messages"] = world.Network.MessagesSent;
        counts["dead"] = dead;
        counts["calm"] = isCalm ? 1 : 0;
        counts["answers"] = world.Checker.Searches.Values.Sum(s => s.Answers.Count);
        return new RunOutcome(world.Checker.Violations, world.Simulator.Trace.Value, counts);
    }

    private static LinkConditions Constant() => new()
    {
        DelayMin = TimeSpan.FromMilliseconds(10),
        DelayExtraMean = TimeSpan.Zero,
    };

    private static LinkConditions Rough(Random choice) => new()
    {
        DelayMin = TimeSpan.FromMilliseconds(choice.Next(1, 60)),
        DelayExtraMean = TimeSpan.FromMilliseconds(choice.Next(40)),
        Loss = Losses[choice.Next(Losses.Length)],
        Duplication = choice.Next(2) == 0 ? 0.1 : 0,
        Reordering = choice.Next(2) == 0 ? 0.2 : 0,
    };

    private static int Kill(SearchWorld world, int count, Random choice)
    {
        for (var i = 0; i < count; i++)
        {
            world.Network.Machines[choice.Next(world.Topology.Size)].Crash();
        }

        return world.Network.Machines.Count(m => !m.IsUp);
    }

    private static void Ask(SearchWorld world, Random choice)
    {
        for (var i = choice.Next(1, 4); i > 0; i--)
        {
            var asker = choice.Next(world.Topology.Size);
            var holder = choice.Next(4) == 0 ? (int?)null : choice.Next(world.Topology.Size);
            var wanted = choice.Next(1, 4);
            world.Simulator.After(
                TimeSpan.FromSeconds(choice.NextDouble() * 10), () => world.Search(asker, holder, wanted));
        }
    }

    private static void Conclude(SearchWorld world, bool isCalm)
    {
        foreach (var search in world.Checker.Searches.Values)
        {
            if (!search.HasEnded)
            {
                world.Checker.Violate($"the search of {search.Asker} does not end");
            }

            if (isCalm)
            {
                CheckReach(world, search);
            }
        }

        world.Simulator.RunUntil(world.Simulator.Now + world.Options.SeenLifetime);
        for (var peer = 0; peer < world.Topology.Size; peer++)
        {
            if (world.Node(peer).Remembered > 0 && world.IsUp(peer))
            {
                world.Checker.Violate($"{peer} remembers a query for too long");
            }
        }
    }

    private static void CheckReach(SearchWorld world, AskedSearch search)
    {
        var distances = world.Topology.DistancesFrom(search.Asker, world.IsUp);
        var reach = world.Options.Rings[search.Ring];
        for (var peer = 0; peer < distances.Length; peer++)
        {
            var isWithin = distances[peer] > 0 && distances[peer] <= reach;
            if (isWithin != search.Handled.Contains(peer))
            {
                var not = isWithin ? " not" : "";
                world.Checker.Violate($"{peer}, {distances[peer]} links off, is{not} asked at reach {reach}");
            }
        }

        var widest = world.Options.Rings[^1];
        if (search.Holder is { } holder && distances[holder] > 0 && distances[holder] <= widest
            && !search.Answers.Contains(holder))
        {
            world.Checker.Violate($"what {holder} holds, {distances[holder]} links off, is not found");
        }
    }
}
