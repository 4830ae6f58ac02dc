using System.Buffers.Binary;
using System.Numerics;
using GridVolunteer.Sdk.Numerics;

namespace GridVolunteer.Sdk.Randomness;

/// <summary>
/// Random numbers that are the same on every platform and in every version of .NET, which <see
/// cref="Random"/> does not promise. The generator is xoshiro256++ 1.0 (D. Blackman, S. Vigna, "Scrambled
/// linear pseudorandom number generators", 2021), its state filled by SplitMix64 started at <c>next(seed) +
/// unit</c>, <c>next</c> being the first output of SplitMix64 started at the seed: the units of one job start
/// from distinct states. Not for secrets, not safe to use from several threads at once.
/// </summary>
public sealed class UnitRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>The stream of one unit of a job.</summary>
    public UnitRandom(long seed, long unit)
    {
        var state = unchecked(Mix((ulong)seed + Golden) + (ulong)unit);
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>The stream that <see cref="SaveState"/> left off at.</summary>
    /// <exception cref="ArgumentException">These are not 32 bytes, or all are 0.</exception>
    public UnitRandom(ReadOnlySpan<byte> state) => RestoreState(state);

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        unchecked
        {
            var result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
            var t = _s1 << 17;
            _s2 ^= _s0;
            _s3 ^= _s1;
            _s1 ^= _s2;
            _s0 ^= _s3;
            _s2 ^= t;
            _s3 = BitOperations.RotateLeft(_s3, 45);
            return result;
        }
    }

    /// <summary>
    /// A whole number from 0 to below <paramref name="bound"/>, each with exactly the same chance.
    /// </summary>
    public long NextInt64(long bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);

        // D. Lemire, "Fast random integer generation in an interval", 2019.
        var range = (ulong)bound;
        var high = Math.BigMul(NextUInt64(), range, out var low);
        if (low < range)
        {
            var threshold = unchecked(0 - range) % range;
            while (low < threshold)
            {
                high = Math.BigMul(NextUInt64(), range, out low);
            }
        }

        return (long)high;
    }

    /// <summary>
    /// A whole number from <paramref name="from"/> to below <paramref name="below"/>, each with exactly the
    /// same chance.
    /// </summary>
    public int NextInt32(int from, int below)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(below, from);
        return (int)(from + NextInt64((long)below - from));
    }

    /// <summary>A number from 0 to below 1, a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// A number from the normal distribution with mean 0 and standard deviation 1 (Marsaglia's polar method).
    /// </summary>
    public double NextNormal()
    {
        double u, s;
        do
        {
            u = (2 * NextDouble()) - 1;
            var v = (2 * NextDouble()) - 1;
            s = (u * u) + (v * v);
        }
        while (s is >= 1 or 0);

        return u * Math.Sqrt(-2 * PortableMath.Log(s) / s);
    }

    /// <summary>Fills a span with random bytes.</summary>
    public void NextBytes(Span<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, NextUInt64());
            bytes = bytes[sizeof(ulong)..];
        }

        if (bytes.Length > 0)
        {
            Span<byte> last = stackalloc byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64LittleEndian(last, NextUInt64());
            last[..bytes.Length].CopyTo(bytes);
        }
    }

    /// <summary>Puts the items into a random order, each with the same chance (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = (int)NextInt64(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>The generator's state, 32 bytes, for a checkpoint.</summary>
    public byte[] SaveState()
    {
        var state = new byte[32];
        BinaryPrimitives.WriteUInt64LittleEndian(state, _s0);
        BinaryPrimitives.WriteUInt64LittleEndian(state.AsSpan(8), _s1);
        BinaryPrimitives.WriteUInt64LittleEndian(state.AsSpan(16), _s2);
        BinaryPrimitives.WriteUInt64LittleEndian(state.AsSpan(24), _s3);
        return state;
    }

    /// <summary>Goes on where <see cref="SaveState"/> left off.</summary>
    /// <exception cref="ArgumentException">These are not 32 bytes, or all are 0.</exception>
    public void RestoreState(ReadOnlySpan<byte> state)
    {
        if (state.Length != 32 || !state.ContainsAnyExcept((byte)0))
        {
            throw new ArgumentException("A state has 32 bytes that are not all 0.", nameof(state));
        }

        _s0 = BinaryPrimitives.ReadUInt64LittleEndian(state);
        _s1 = BinaryPrimitives.ReadUInt64LittleEndian(state[8..]);
        _s2 = BinaryPrimitives.ReadUInt64LittleEndian(state[16..]);
        _s3 = BinaryPrimitives.ReadUInt64LittleEndian(state[24..]);
    }

    private static ulong SplitMix(ref ulong state) => Mix(unchecked(state += Golden));

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
