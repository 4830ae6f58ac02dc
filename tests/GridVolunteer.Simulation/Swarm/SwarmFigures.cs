using GridVolunteer.Groups.Swarm;
using GridVolunteer.Simulation.Engine;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Swarm;

/// <summary>
/// One seed and many who want what it holds, all with the same rate up: how long it takes, and how much of it
/// the seed has to send.
/// </summary>
public static class SwarmFigures
{
    private const int BlockSizeBytes = 256;
    private const int BlocksPerPiece = 8;
    private const double BytesPerSecond = 64 * 1_024;

    /// <summary>Writes the figures.</summary>
    public static void Write(TextWriter output)
    {
        output.WriteLine("fetchers; until all have it, in copies at one peer's rate; copies the seed sent");
        foreach (var fetchers in new[] { 1, 2, 4, 8, 16, 32 })
        {
            var (copiesTime, seedCopies) = Measure(fetchers, pieces: 256, seed: 1);
            output.WriteLine($"{fetchers}; {copiesTime:F2}; {seedCopies:F2}");
        }
    }

    /// <summary>
    /// How long it took until all had the blob, in the time that one peer needs to send it once; and how many
    /// copies the seed sent.
    /// </summary>
    public static (double CopiesTime, double SeedCopies) Measure(int fetchers, int pieces, int seed)
    {
        var random = new Random(seed);
        var length = (long)pieces * BlocksPerPiece * BlockSizeBytes;
        var shape = new BlobShape(length, BlockSizeBytes, BlocksPerPiece);
        var peers = Enumerable.Range(0, fetchers)
            .Select(_ => (SwarmRole.Fetcher, new PieceSet(pieces)))
            .Prepend((SwarmRole.Honest, PieceSet.All(pieces))).ToList();
        var world = new SwarmWorld(
            new Simulator(seed),
            new BlobTruth(shape, random),
            peers,
            SwarmOptions.Default,
            new UploadAllowance(4, BytesPerSecond));
        world.Network.Conditions = new LinkConditions
        {
            DelayMin = TimeSpan.FromMilliseconds(10),
            DelayExtraMean = TimeSpan.FromMilliseconds(10),
        };
        foreach (var fetcher in world.Of(SwarmRole.Fetcher).ToArray())
        {
            world.AddHolders(fetcher, Enumerable.Range(0, world.Size));
        }

        world.Simulator.RunUntil(() => world.AllComplete, TimeSpan.FromHours(1));
        return (
            world.Simulator.Now.TotalSeconds * BytesPerSecond / shape.LengthBytes,
            (double)world.BytesSent[0] / shape.LengthBytes);
    }
}
