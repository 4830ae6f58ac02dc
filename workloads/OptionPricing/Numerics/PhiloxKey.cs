using System.Runtime.CompilerServices;

namespace GridVolunteer.Workloads.OptionPricing.Numerics;

/// <summary>
/// The keys of the ten rounds of <see cref="Philox{TLanes, TReal, TBits}"/>, made from a seed.
/// </summary>
[InlineArray(2 * Rounds)]
internal struct PhiloxKey
{
    /// <summary>How many rounds there are.</summary>
    public const int Rounds = 10;

    // The golden ratio's and sqrt(3)'s fractions: the paper's Weyl sequences.
    private const uint WeylLow = 0x9E3779B9;
    private const uint WeylHigh = 0xBB67AE85;

    private ulong _first;

    /// <summary>The schedule of a 64-bit seed, whose lower half is the key's first word.</summary>
    public static PhiloxKey FromSeed(ulong seed)
    {
        var key = default(PhiloxKey);
        var (low, high) = ((uint)seed, (uint)(seed >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            key[2 * round] = low;
            key[(2 * round) + 1] = high;
            low = unchecked(low + WeylLow);
            high = unchecked(high + WeylHigh);
        }

        return key;
    }
}
