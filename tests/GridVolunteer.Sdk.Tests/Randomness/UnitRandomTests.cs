using GridVolunteer.Sdk.Randomness;

namespace GridVolunteer.Sdk.Tests.Randomness;

public sealed class UnitRandomTests
{
    [Fact]
    public void Generator_IsXoshiro256PlusPlus()
    {
        // The first outputs of the authors' C program for the state 1, 2, 3, 4.
        var random = new UnitRandom(
            [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0]);
        ulong[] expected = [41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205];
        Assert.Equal(expected, Enumerable.Range(0, 5).Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void Stream_IsPinned_SoThatOldJobsReplay() => Assert.Equal(
        [12343323003495711280, 1919976535055668815], new[] { new UnitRandom(42, 0).NextUInt64(), new UnitRandom(42, 1).NextUInt64() });

    [Fact]
    public void Units_HaveStreamsOfTheirOwn()
    {
        var firsts = Enumerable.Range(0, 10_000).Select(unit => new UnitRandom(7, unit).NextUInt64());
        Assert.Equal(10_000, firsts.Distinct().Count());
    }

    [Fact]
    public void SavedState_GoesOnWhereItLeftOff()
    {
        var random = new UnitRandom(1, 2);
        random.NextUInt64();
        var copy = new UnitRandom(random.SaveState());
        Assert.Equal(random.NextUInt64(), copy.NextUInt64());
    }

    [Fact]
    public void State_OfZeros_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new UnitRandom(new byte[32]));

    [Fact]
    public void Integers_StayInRange_AndReachBothEnds()
    {
        var random = new UnitRandom(3, 0);
        var drawn = Enumerable.Range(0, 1000).Select(_ => random.NextInt32(-2, 3)).ToHashSet();
        Assert.Equal([-2, -1, 0, 1, 2], drawn.Order());
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(
            random.NextInt64(long.MaxValue), 0, long.MaxValue - 1));
    }

    [Fact]
    public void Doubles_AreUniform()
    {
        var random = new UnitRandom(4, 0);
        var drawn = Enumerable.Range(0, 100_000).Select(_ => random.NextDouble()).ToArray();
        Assert.All(drawn, x => Assert.InRange(x, 0, 0.9999999999999999));
        Assert.InRange(drawn.Average(), 0.495, 0.505);
    }

    [Fact]
    public void Normals_HaveMeanZeroAndVarianceOne()
    {
        var random = new UnitRandom(5, 0);
        var drawn = Enumerable.Range(0, 100_000).Select(_ => random.NextNormal()).ToArray();
        Assert.InRange(drawn.Average(), -0.02, 0.02);
        Assert.InRange(drawn.Average(x => x * x), 0.97, 1.03);
    }

    [Fact]
    public void Shuffle_KeepsTheItems()
    {
        var items = Enumerable.Range(0, 100).ToArray();
        new UnitRandom(6, 0).Shuffle<int>(items);
        Assert.NotEqual(Enumerable.Range(0, 100), items);
        Assert.Equal(Enumerable.Range(0, 100), items.Order());
    }

    [Fact]
    public void Bytes_FillAnyLength()
    {
        var bytes = new byte[13];
        new UnitRandom(8, 0).NextBytes(bytes);
        Assert.Contains(bytes[8..], b => b != 0);
    }
}
