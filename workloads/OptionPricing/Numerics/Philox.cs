using System.Runtime.CompilerServices;

namespace GridVolunteer.Workloads.OptionPricing.Numerics;

/// <summary>
/// Philox4x32-10, a random number generator without state: the draw with number c of seed k is a function of
/// c and k, so any part of a sequence can be drawn anywhere (Salmon, Moraes, Dror and Shaw, "Parallel random
/// numbers: as easy as 1, 2, 3", SC 2011). One counter a lane; words are the lower halves of lanes.
/// </summary>
internal static class Philox<TLanes, TReal, TBits>
    where TLanes : struct, ILanes<TReal, TBits>
    where TReal : struct
    where TBits : struct
{
    private const ulong MultiplierLow = 0xD2511F53;
    private const ulong MultiplierHigh = 0xCD9E8D57;
    private const int WordBits = 32;

    /// <summary>
    /// Turns the counters' four words into four random words. What the upper halves of lanes hold going in
    /// does not matter; what they hold coming out has no meaning.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Draw(
        ref readonly PhiloxKey key, ref TBits word0, ref TBits word1, ref TBits word2, ref TBits word3)
    {
        var (a, b, c, d) = (word0, word1, word2, word3);
        for (var i = 0; i < 2 * PhiloxKey.Rounds; i += 2)
        {
            Round(TLanes.Word(key[i]), TLanes.Word(key[i + 1]), ref a, ref b, ref c, ref d);
        }

        (word0, word1, word2, word3) = (a, b, c, d);
    }

    /// <summary>One of the ten rounds, with its two words of the key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Round(
        TBits keyLow, TBits keyHigh, ref TBits a, ref TBits b, ref TBits c, ref TBits d)
    {
        var low = TLanes.MultiplyLowerHalves(a, TLanes.Word(MultiplierLow));
        var high = TLanes.MultiplyLowerHalves(c, TLanes.Word(MultiplierHigh));
        a = TLanes.Xor(TLanes.Xor(TLanes.ShiftRight(high, WordBits), b), keyLow);
        c = TLanes.Xor(TLanes.Xor(TLanes.ShiftRight(low, WordBits), d), keyHigh);
        b = high;
        d = low;
    }
}
