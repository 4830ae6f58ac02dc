using GridVolunteer.Workloads.OptionPricing.Sampling;

namespace GridVolunteer.Workloads.Tests.OptionPricing.Numerics;

public sealed class PhiloxTests
{
    public static TheoryData<LaneWidth> Widths => LaneFunctions.Widths;

    /// <summary>
    /// The answers to philox4x32-10 in kat_vectors, which comes with Random123, the authors' own
    /// implementation of their paper.
    /// </summary>
    [Theory]
    [MemberData(nameof(Widths))]
    public void Draw_GivesThePublishedAnswers(LaneWidth width)
    {
        var functions = LaneFunctions.At(width);
        Assert.Equal(
            [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
            functions.Philox(0, [0, 0, 0, 0]));
        Assert.Equal(
            [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
            functions.Philox(ulong.MaxValue, [~0u, ~0u, ~0u, ~0u]));
        Assert.Equal(
            [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
            functions.Philox(0x299f31d0_a4093822, [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Draw_InEveryLane_IsAPlainImplementations(LaneWidth width)
    {
        var random = new Random(5);
        var counters = Enumerable.Range(0, 4 * 37).Select(_ => (uint)random.NextInt64(1L << 32)).ToArray();
        var seed = (ulong)random.NextInt64();
        var expected = counters.Chunk(4).SelectMany(counter => Plain(seed, counter));
        Assert.Equal(expected, LaneFunctions.At(width).Philox(seed, counters));
    }

    private static uint[] Plain(ulong seed, uint[] counter)
    {
        var (a, b, c, d) = (counter[0], counter[1], counter[2], counter[3]);
        var (low, high) = ((uint)seed, (uint)(seed >> 32));
        for (var round = 0; round < 10; round++)
        {
            var (p, q) = (0xD2511F53UL * a, 0xCD9E8D57UL * c);
            (a, b, c, d) = ((uint)(q >> 32) ^ b ^ low, (uint)q, (uint)(p >> 32) ^ d ^ high, (uint)p);
            (low, high) = (low + 0x9E3779B9, high + 0xBB67AE85);
        }

        return [a, b, c, d];
    }
}
