using System.Runtime.CompilerServices;

namespace GridVolunteer.Workloads.OptionPricing.Numerics;

/// <summary>
/// Standard normals from Philox draws by the transform of Box and Muller (1958): each draw of four words
/// makes two uniforms of 52 bits and of them two normals, none beyond 8.5.
/// </summary>
internal static class NormalSource<TLanes, TReal, TBits>
    where TLanes : struct, ILanes<TReal, TBits>
    where TReal : struct
    where TBits : struct
{
    private const ulong OneBits = 0x3FF0_0000_0000_0000;
    private const int WordBits = 32;
    private const int SpareBits = 12;

    /// <summary>
    /// Writes the normals of <paramref name="blocks"/> draws, two vectors a draw, one sequence a lane. The
    /// counter of a lane's draw is (sequence, block, stream): 64, 32 and 32 bits.
    /// </summary>
    /// <param name="key">The seed's schedule.</param>
    /// <param name="sequences">The number of each lane's sequence.</param>
    /// <param name="firstBlock">The number of the first draw in each sequence.</param>
    /// <param name="stream">Keeps apart what shares a seed: the contract's index.</param>
    /// <param name="blocks">How many draws.</param>
    /// <param name="normals">Room for 2 · blocks vectors.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(
        ref readonly PhiloxKey key, TBits sequences, uint firstBlock, uint stream, int blocks, ref double normals)
    {
        for (var block = 0; block < blocks; block++)
        {
            var word0 = sequences;
            var word1 = TLanes.ShiftRight(sequences, WordBits);
            var word2 = TLanes.Word(firstBlock + (uint)block);
            var word3 = TLanes.Word(stream);
            Philox<TLanes, TReal, TBits>.Draw(in key, ref word0, ref word1, ref word2, ref word3);
            Transform(Fraction(word0, word1), Fraction(word2, word3), out var first, out var second);
            ref var place = ref Unsafe.Add(ref normals, 2 * TLanes.Count * block);
            TLanes.Store(first, ref place);
            TLanes.Store(second, ref Unsafe.Add(ref place, TLanes.Count));
        }
    }

    /// <summary>
    /// Two normals from two numbers of at least 1 and below 2: radius from the first, angle from the
    /// second.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transform(TReal one, TReal other, out TReal first, out TReal second)
    {
        // 2 - one is above 0 and at most 1, as the logarithm needs it; other - 1.5 is within half a turn.
        var log = LaneMath<TLanes, TReal, TBits>.Log(TLanes.Subtract(TLanes.Real(2), one));
        var radius = TLanes.Sqrt(TLanes.Multiply(log, TLanes.Real(-2)));
        LaneMath<TLanes, TReal, TBits>.SinCosTurns(
            TLanes.Subtract(other, TLanes.Real(1.5)), out var sine, out var cosine);
        first = TLanes.Multiply(radius, cosine);
        second = TLanes.Multiply(radius, sine);
    }

    // 1 plus the upper 52 of 64 random bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TReal Fraction(TBits low, TBits high)
    {
        var bits = TLanes.Or(
            TLanes.ShiftLeft(high, WordBits), TLanes.And(low, TLanes.Word(uint.MaxValue)));
        return TLanes.FromBits(TLanes.Or(TLanes.ShiftRight(bits, SpareBits), TLanes.Word(OneBits)));
    }
}
