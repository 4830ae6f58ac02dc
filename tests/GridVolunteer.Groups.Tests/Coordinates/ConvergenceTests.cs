using GridVolunteer.Groups.Coordinates;
using Xunit.Abstractions;

namespace GridVolunteer.Groups.Tests.Coordinates;

/// <summary>How well coordinates predict. The figures are printed, and stand in docs/GROUPS.md.</summary>
public sealed class ConvergenceTests(ITestOutputHelper print)
{
    private const int Peers = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void MedianError_OfAFleetThatPingsItsNeighbours_FallsBelowAFifth(int seed)
    {
        var fleet = new CoordinateFleet(Peers, new Random(seed));
        var errors = new List<string>();
        foreach (var rounds in new[] { 20, 40, 60, 120, 240 })
        {
            fleet.Run(rounds);
            errors.Add($"{fleet.MedianError():P1}");
        }

        print.WriteLine($"seed {seed}: after 20, 60, 120, 240, 480 rounds {string.Join(", ", errors)}");
        Assert.InRange(fleet.MedianError(), 0, 0.2);
    }

    [Fact]
    public void TwentySamples_BringANewcomerNearItsBestNeighbours()
    {
        double found = 0, best = 0, random = 0;
        var newcomers = 0;
        for (var seed = 1; seed <= 4; seed++)
        {
            var fleet = new CoordinateFleet(Peers, new Random(seed));
            fleet.Run(240);
            for (var peer = 0; peer < Peers; peer += 5)
            {
                found += fleet.NewcomersSeven(peer, samples: 20);
                best += fleet.BestSeven(peer);
                random += fleet.RandomSeven(peer);
                newcomers++;
            }
        }

        (found, best, random) = (found / newcomers, best / newcomers, random / newcomers);
        print.WriteLine(
            $"{newcomers} newcomers: 7 at random {random:F1} ms, found {found:F1} ms, "
            + $"best possible {best:F1} ms");
        Assert.InRange(found, best, best + ((random - best) / 3));
    }

    /// <summary>The refusals earn their keep: without them the same liars do nearly twice the harm.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Liars_OneInTen_HarmABelieverOfAllFarMore(int seed)
    {
        var believer = CoordinateOptions.Default with
        {
            JumpMax = TimeSpan.FromSeconds(20),
            StepMax = TimeSpan.FromSeconds(20),
        };
        var guarded = MedianError(seed, Peers / 10, CoordinateOptions.Default);
        var unguarded = MedianError(seed, Peers / 10, believer);
        print.WriteLine(
            $"seed {seed}: no liars {MedianError(seed, 0, CoordinateOptions.Default):P1}, "
            + $"one in ten {guarded:P1}, the same without refusals {unguarded:P1}");
        Assert.InRange(guarded, 0, 0.3);
        Assert.InRange(guarded, 0, 0.65 * unguarded);
    }

    private static double MedianError(int seed, int liars, CoordinateOptions options)
    {
        var fleet = new CoordinateFleet(Peers, new Random(seed), liars, options);
        fleet.Run(240);
        return fleet.MedianError();
    }
}
