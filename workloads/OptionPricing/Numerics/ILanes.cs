namespace GridVolunteer.Workloads.OptionPricing.Numerics;

/// <summary>
/// What a vector of one width can do, so that each algorithm is written once and the compiler makes it for
/// each width. Every operation rounds exactly as IEEE 754 says and none is left to choose (no estimates,
/// no contraction), so that each lane holds the same bits at every width and on every processor.
/// </summary>
/// <typeparam name="TReal">Doubles, one a lane.</typeparam>
/// <typeparam name="TBits">64-bit words, one a lane; masks are all ones or all zeros.</typeparam>
internal interface ILanes<TReal, TBits>
    where TReal : struct
    where TBits : struct
{
    /// <summary>How many lanes there are.</summary>
    static abstract int Count { get; }

    /// <summary>Whether the processor does this width in hardware; it gives the same bits if not.</summary>
    static abstract bool IsFast { get; }

    /// <summary>The same double in every lane.</summary>
    static abstract TReal Real(double value);

    /// <summary>The same word in every lane.</summary>
    static abstract TBits Word(ulong value);

    /// <summary>0, 1, 2, ... from the first lane on.</summary>
    static abstract TBits LaneNumbers();

    /// <summary>The doubles at <paramref name="source"/> and after.</summary>
    static abstract TReal Load(ref readonly double source);

    /// <summary>The words at <paramref name="source"/> and after.</summary>
    static abstract TBits Load(ref readonly ulong source);

    /// <summary>Writes the lanes to <paramref name="target"/> and after.</summary>
    static abstract void Store(TReal value, ref double target);

    /// <summary>Writes the lanes to <paramref name="target"/> and after.</summary>
    static abstract void Store(TBits value, ref ulong target);

    /// <summary>a + b.</summary>
    static abstract TReal Add(TReal a, TReal b);

    /// <summary>a - b.</summary>
    static abstract TReal Subtract(TReal a, TReal b);

    /// <summary>a · b.</summary>
    static abstract TReal Multiply(TReal a, TReal b);

    /// <summary>a / b.</summary>
    static abstract TReal Divide(TReal a, TReal b);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract TReal Fma(TReal a, TReal b, TReal c);

    /// <summary>The square root.</summary>
    static abstract TReal Sqrt(TReal a);

    /// <summary>Where a is below b; a NaN is below nothing.</summary>
    static abstract TBits Less(TReal a, TReal b);

    /// <summary>Where a is at most b.</summary>
    static abstract TBits LessOrEqual(TReal a, TReal b);

    /// <summary>The bits of <paramref name="one"/> where the mask has ones, else of the other.</summary>
    static abstract TReal Select(TBits mask, TReal one, TReal other);

    /// <summary>The bits of doubles.</summary>
    static abstract TBits Bits(TReal a);

    /// <summary>The doubles with these bits.</summary>
    static abstract TReal FromBits(TBits a);

    /// <summary>a + b, modulo 2^64.</summary>
    static abstract TBits Add(TBits a, TBits b);

    /// <summary>a - b, modulo 2^64.</summary>
    static abstract TBits Subtract(TBits a, TBits b);

    /// <summary>The 64-bit product of the lower halves.</summary>
    static abstract TBits MultiplyLowerHalves(TBits a, TBits b);

    /// <summary>Bitwise and.</summary>
    static abstract TBits And(TBits a, TBits b);

    /// <summary>The bits of a that b lacks.</summary>
    static abstract TBits AndNot(TBits a, TBits b);

    /// <summary>Bitwise or.</summary>
    static abstract TBits Or(TBits a, TBits b);

    /// <summary>Bitwise exclusive or.</summary>
    static abstract TBits Xor(TBits a, TBits b);

    /// <summary>Shifted up, zeros below.</summary>
    static abstract TBits ShiftLeft(TBits a, int bits);

    /// <summary>Shifted down, zeros above.</summary>
    static abstract TBits ShiftRight(TBits a, int bits);

    /// <summary>Whether all bits are 0.</summary>
    static abstract bool IsZero(TBits a);
}
