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
    /// Writes the normals of a row of draws, two vectors a draw. The counter of a lane's draw is (sequence,
    /// block, stream): 64, 32 and 32 bits.
    /// </summary>
    /// <param name="key">The seed's schedule.</param>
    /// <param name="row">Which draws.</param>
    /// <param name="normals">Room for two vectors a draw.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ref readonly PhiloxKey key, in DrawRow<TBits> row, ref double normals)
    {
        var (sequences, sequenceStep) = (row.Sequences, TLanes.Word(row.SequenceStep));
        var (block, blockStep) = (row.Block, row.BlockStep);
        var (stream, count) = (TLanes.Word(row.Stream), row.Count);

        // Two draws at a time share the keys and fill the waits in each other's chains of operations.
        var draw = 0;
        for (; draw + 1 < count; draw += 2)
        {
            var (a0, a1, a2, a3) = (sequences, High(sequences), TLanes.Word(block), stream);
            sequences = TLanes.Add(sequences, sequenceStep);
            block += blockStep;
            var (b0, b1, b2, b3) = (sequences, High(sequences), TLanes.Word(block), stream);
            sequences = TLanes.Add(sequences, sequenceStep);
            block += blockStep;
            for (var i = 0; i < 2 * PhiloxKey.Rounds; i += 2)
            {
                var (low, high) = (TLanes.Word(key[i]), TLanes.Word(key[i + 1]));
                Philox<TLanes, TReal, TBits>.Round(low, high, ref a0, ref a1, ref a2, ref a3);
                Philox<TLanes, TReal, TBits>.Round(low, high, ref b0, ref b1, ref b2, ref b3);
            }

            Store(a0, a1, a2, a3, ref Unsafe.Add(ref normals, 2 * TLanes.Count * draw));
            Store(b0, b1, b2, b3, ref Unsafe.Add(ref normals, 2 * TLanes.Count * (draw + 1)));
        }

        if (draw < count)
        {
            var (a0, a1, a2, a3) = (sequences, High(sequences), TLanes.Word(block), stream);
            Philox<TLanes, TReal, TBits>.Draw(in key, ref a0, ref a1, ref a2, ref a3);
            Store(a0, a1, a2, a3, ref Unsafe.Add(ref normals, 2 * TLanes.Count * draw));
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TBits High(TBits sequences) => TLanes.ShiftRight(sequences, WordBits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TBits word0, TBits word1, TBits word2, TBits word3, ref double place)
    {
        Transform(Fraction(word0, word1), Fraction(word2, word3), out var first, out var second);
        TLanes.Store(first, ref place);
        TLanes.Store(second, ref Unsafe.Add(ref place, TLanes.Count));
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
