using GridVolunteer.Workloads.OptionPricing.Numerics;
using GridVolunteer.Workloads.OptionPricing.Sampling;

namespace GridVolunteer.Workloads.Tests.OptionPricing.Numerics;

public sealed class NormalSourceTests
{
    private const ulong Seed = 20111112;

    public static TheoryData<LaneWidth> Widths => LaneFunctions.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Normals_AreTheTransformOfPhiloxWords(LaneWidth width)
    {
        var sequence = (3UL << 32) + 12345;
        const uint Block = 77;
        var functions = LaneFunctions.At(width);
        var words = functions.Philox(Seed, [unchecked((uint)sequence), (uint)(sequence >> 32), Block, 7]);
        var one = Math.ScaleB((((ulong)words[1] << 32) | words[0]) >> 12, -52);
        var other = Math.ScaleB((((ulong)words[3] << 32) | words[2]) >> 12, -52);
        var radius = Math.Sqrt(-2 * Math.Log(1 - one));
        var normals = functions.Normals(Seed, sequence, 1, Block, 1);
        Assert.Equal(radius * double.CosPi(2 * (other - 0.5)), normals[0], 1e-14);
        Assert.Equal(radius * double.SinPi(2 * (other - 0.5)), normals[1], 1e-14);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Normals_FromAnySequenceAndBlockOn_AreThoseOfTheWhole(LaneWidth width)
    {
        var functions = LaneFunctions.At(width);
        var whole = functions.Normals(Seed, 100, 20, 0, 10);
        var part = functions.Normals(Seed, 107, 5, 4, 3);
        var expected = Enumerable.Range(7, 5).SelectMany(s => whole.Skip(s * 20).Skip(2 * 4).Take(2 * 3));
        Assert.Equal(expected, part);
    }

    [Fact]
    public void Normals_HaveTheMomentsOfTheNormalDistribution()
    {
        const int Count = 2_000_000;
        var normals = LaneFunctions.At(LaneWidths.Fastest).Normals(Seed, 0, Count / 20, 0, 10);
        Assert.All(
            new (int Power, double Moment, double Variance)[]
            {
                (1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96),
            },
            moment =>
            {
                var mean = normals.Average(z => Math.Pow(z, moment.Power));
                Assert.Equal(moment.Moment, mean, 4 * Math.Sqrt(moment.Variance / Count));
            });

        // Cosine's and sine's are independent, and so are neighbours in a sequence and across sequences.
        foreach (var lag in new[] { 1, 2, 20 })
        {
            var product = normals.Zip(normals.Skip(lag), (x, y) => x * y).Average();
            Assert.Equal(0, product, 4 / Math.Sqrt(Count));
        }
    }

    [Fact]
    public void Normals_AreSpreadLikeTheNormalDistribution()
    {
        // Kolmogorov and Smirnov's distance; 1.95 / sqrt(n) is exceeded once in a thousand seeds.
        var normals = LaneFunctions.At(LaneWidths.Fastest).Normals(Seed, 0, 10_000, 0, 10);
        Array.Sort(normals);
        var distance = normals
            .Select((z, i) => Math.Abs(NormalDistribution.Cumulative(z) - ((i + 0.5) / normals.Length)))
            .Max();
        Assert.InRange(distance, 0, 1.95 / Math.Sqrt(normals.Length));
    }

    [Fact]
    public void Transform_OfTheSmallestUniform_IsFiniteAndWithinEightAndAHalf()
    {
        NormalSource<Lanes1, double, ulong>.Transform(Math.BitDecrement(2.0), 1.5, out var first, out _);
        Assert.InRange(first, 8.4, 8.5);
        NormalSource<Lanes1, double, ulong>.Transform(1, 1.5, out first, out var second);
        Assert.Equal(0, first);
        Assert.Equal(0, second);
    }
}
