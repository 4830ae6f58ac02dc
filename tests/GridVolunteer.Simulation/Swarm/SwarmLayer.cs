using GridVolunteer.Groups.Swarm;
using GridVolunteer.Simulation.Campaigns;
using GridVolunteer.Simulation.Engine;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Swarm;

/// <summary>
/// Blobs of a few pieces among up to 14 peers: some share, some lie, stay silent, refuse or crash. Every
/// piece has a holder that is honest, willing and stays; so every fetcher must end with the blob.
/// </summary>
public sealed class SwarmLayer : ILayer
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public string Name => "swarm";

    /// <inheritdoc/>
    public IReadOnlyList<string> Flaws { get; } =
        [.. Enum.GetValues<SwarmFlaw>().Where(f => f != SwarmFlaw.None).Select(f => f.ToString())];

    /// <inheritdoc/>
    public RunOutcome Run(int seed, string? flaw = null)
    {
        var choice = new Random(seed);
        var truth = new BlobTruth(DrawShape(choice), choice);
        var peers = DrawPeers(truth.Shape, choice);
        var allowance = new UploadAllowance(choice.Next(1, 5), 100 * Math.Pow(10, choice.Next(4)));
        var built = flaw is null ? SwarmFlaw.None : Enum.Parse<SwarmFlaw>(flaw);
        var world = new SwarmWorld(
            new Simulator(seed), truth, peers, SwarmOptions.Default, allowance, built);
        world.Network.Conditions = new LinkConditions
        {
            DelayMin = TimeSpan.FromMilliseconds(choice.Next(1, 60)),
            DelayExtraMean = TimeSpan.FromMilliseconds(choice.Next(60)),
            Loss = choice.Next(3) == 0 ? 0.1 : 0,
        };
        Begin(world, choice);
        Trouble(world, choice);
        var isComplete = world.Simulator.RunUntil(() => world.AllComplete, Long);
        if (!isComplete)
        {
            var lacking = world.Of(SwarmRole.Fetcher).Where(p => !world.Checker.IsComplete(p));
            world.Checker.Violate($"not complete: {string.Join(", ", lacking)}");
        }

        return new RunOutcome(world.Checker.Violations, world.Simulator.Trace.Value, Count(world));
    }

    private static Dictionary<string, long> Count(SwarmWorld world) => new()
    {
        ["blocks stored"] = world.Checker.BlocksStored,
        ["blamed"] = world.Checker.Blamed,
        ["refusals"] = world.Checker.Refused,
        ["fetchers"] = world.Of(SwarmRole.Fetcher).Count(),
        ["liars"] = world.Of(SwarmRole.Liar).Count(),
        ["leavers"] = world.Of(SwarmRole.Leaver).Count(),
        ["virtual s"] = (long)world.Simulator.Now.TotalSeconds,
    };

    private static BlobShape DrawShape(Random choice)
    {
        var blockSize = choice.Next(8, 65);
        var blocks = choice.Next(1, 5);
        var length = choice.Next(1, 12 * blocks * blockSize);
        return new BlobShape(length, blockSize, blocks);
    }

    /// <summary>One honest peer that holds all, or several that hold it together; and whoever else.</summary>
    private static List<(SwarmRole Role, PieceSet Pieces)> DrawPeers(BlobShape shape, Random choice)
    {
        var honest = Enumerable.Range(0, choice.Next(1, 4))
            .Select(_ => new PieceSet(shape.PieceCount)).ToArray();
        for (var piece = 0; piece < shape.PieceCount; piece++)
        {
            honest[choice.Next(honest.Length)].Add(piece);
            honest[choice.Next(honest.Length)].Add(piece);
        }

        var peers = honest.Select(h => (SwarmRole.Honest, h)).ToList();
        for (var i = choice.Next(1, 5); i > 0; i--)
        {
            var here = new PieceSet(shape.PieceCount);
            if (shape.PieceCount > 1 && choice.Next(3) == 0)
            {
                here.Add(choice.Next(shape.PieceCount));
            }

            peers.Add((SwarmRole.Fetcher, here));
        }

        foreach (var role in new[] { SwarmRole.Liar, SwarmRole.Silent, SwarmRole.Refuser, SwarmRole.Leaver })
        {
            peers.AddRange(Enumerable.Repeat((role, PieceSet.All(shape.PieceCount)), choice.Next(3)));
        }

        return peers;
    }

    private static void Begin(SwarmWorld world, Random choice)
    {
        foreach (var fetcher in world.Of(SwarmRole.Fetcher).ToArray())
        {
            var order = Enumerable.Range(0, world.Size).OrderBy(_ => choice.Next()).ToArray();
            world.Simulator.After(
                TimeSpan.FromSeconds(choice.NextDouble() * 2), () => world.AddHolders(fetcher, order));
        }
    }

    private static void Trouble(SwarmWorld world, Random choice)
    {
        foreach (var leaver in world.Of(SwarmRole.Leaver).ToArray())
        {
            world.Simulator.After(
                TimeSpan.FromSeconds(choice.NextDouble() * 5), () => world.Network.Machines[leaver].Crash());
        }

        if (choice.Next(3) == 0)
        {
            // Everything said meanwhile is lost.
            world.Simulator.After(
                TimeSpan.FromSeconds(choice.NextDouble() * 5),
                () => world.Network.Isolate(
                    Enumerable.Range(0, world.Size).Where(_ => choice.Next(2) == 0), island: 1));
            world.Simulator.After(TimeSpan.FromSeconds(10 + (30 * choice.NextDouble())), world.Network.Heal);
        }
    }
}
