using System.Runtime.CompilerServices;

namespace GridVolunteer.Workloads.OptionPricing.Numerics;

/// <summary>
/// Elementary functions of the workload's own, because the platform's differ between operating systems and
/// processors: argument reduction to a small interval and a minimax polynomial there (Muller, "Elementary
/// Functions", 3rd edition 2016; the coefficients come from a Remez exchange of our own in 60 digits). The
/// order of operations is fixed, multiply-adds are fused where they say so and nowhere else, so results are
/// the same bits at every width.
/// </summary>
internal static class LaneMath<TLanes, TReal, TBits>
    where TLanes : struct, ILanes<TReal, TBits>
    where TReal : struct
    where TBits : struct
{
    /// <summary>1.5 · 2^52: adding it rounds to a whole number, which the low bits then hold.</summary>
    private const double RoundingShift = 6755399441055744.0;

    private const int FractionBits = 52;
    private const ulong SignAndExponent = 0xFFF0_0000_0000_0000;
    private const ulong OneBits = 0x3FF0_0000_0000_0000;
    private const ulong SqrtHalfBits = 0x3FE6_A09E_667F_3BCD;
    private const ulong TwoTo52Bits = 0x4330_0000_0000_0000;
    private const double TwoTo52AndBias = 4503599627370496.0 + 1023;

    /// <summary>
    /// 2^t, within 1 ulp, for t from -1022 to 1023. Outside, and for NaN, the result is meaningless.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TReal Exp2(TReal t)
    {
        var shifted = TLanes.Add(t, TLanes.Real(RoundingShift));
        var f = TLanes.Subtract(t, TLanes.Subtract(shifted, TLanes.Real(RoundingShift)));

        // (2^f - 1) / f for f within 1/2; 2^-57.
        var p = TLanes.Real(4.456675463684461e-10);
        p = TLanes.Fma(p, f, TLanes.Real(7.0725864799228025e-09));
        p = TLanes.Fma(p, f, TLanes.Real(1.0178051728089637e-07));
        p = TLanes.Fma(p, f, TLanes.Real(1.321544258493685e-06));
        p = TLanes.Fma(p, f, TLanes.Real(1.5252733853280778e-05));
        p = TLanes.Fma(p, f, TLanes.Real(0.00015403530441741647));
        p = TLanes.Fma(p, f, TLanes.Real(0.0013333558146396004));
        p = TLanes.Fma(p, f, TLanes.Real(0.009618129107606885));
        p = TLanes.Fma(p, f, TLanes.Real(0.05550410866482166));
        p = TLanes.Fma(p, f, TLanes.Real(0.24022650695910097));
        p = TLanes.Fma(p, f, TLanes.Real(0.6931471805599453));
        p = TLanes.Fma(p, f, TLanes.Real(1));
        var exponent = TLanes.ShiftLeft(TLanes.Bits(shifted), FractionBits);
        return TLanes.FromBits(TLanes.Add(TLanes.Bits(p), exponent));
    }

    /// <summary>
    /// 2^t as <see cref="Exp2"/>, infinite from 1023 up and 0 from -1022 down, so that nothing is
    /// meaningless; NaN stays NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TReal Exp2Bounded(TReal t)
    {
        var within = Exp2(t);
        var high = TLanes.LessOrEqual(TLanes.Real(1023), t);
        var low = TLanes.LessOrEqual(t, TLanes.Real(-1022));
        var number = TLanes.LessOrEqual(t, t);
        var bounded = TLanes.Select(high, TLanes.Real(double.PositiveInfinity), within);
        bounded = TLanes.Select(low, TLanes.Real(0), bounded);
        return TLanes.Select(number, bounded, t);
    }

    /// <summary>
    /// The natural logarithm, within 1 ulp, of normal numbers above 0. For anything else the result is
    /// meaningless.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TReal Log(TReal x)
    {
        // x = 2^e · (1 + f), 1 + f between sqrt(1/2) and sqrt(2).
        var bits = TLanes.Bits(x);
        var above = TLanes.Subtract(bits, TLanes.Word(SqrtHalfBits));
        var mantissa = TLanes.Subtract(bits, TLanes.And(above, TLanes.Word(SignAndExponent)));
        var biased = TLanes.ShiftRight(TLanes.Add(above, TLanes.Word(OneBits)), FractionBits);
        var e = TLanes.Subtract(
            TLanes.FromBits(TLanes.Or(biased, TLanes.Word(TwoTo52Bits))), TLanes.Real(TwoTo52AndBias));
        var f = TLanes.Subtract(TLanes.FromBits(mantissa), TLanes.Real(1));

        // log(1 + f) = 2 atanh(s), s = f / (2 + f), as f - (f²/2 - s (f²/2 + r)): Tang 1990, and fdlibm.
        var s = TLanes.Divide(f, TLanes.Add(TLanes.Real(2), f));
        var z = TLanes.Multiply(s, s);
        var r = TLanes.Multiply(z, LogSeries(z));
        var half = TLanes.Multiply(TLanes.Multiply(f, f), TLanes.Real(0.5));
        var small = TLanes.Fma(s, TLanes.Add(half, r), TLanes.Multiply(e, TLanes.Real(Ln2Low)));
        var rest = TLanes.Subtract(TLanes.Subtract(half, small), f);
        return TLanes.Subtract(TLanes.Multiply(e, TLanes.Real(Ln2High)), rest);
    }

    /// <summary>
    /// Sine and cosine of a full turn's <paramref name="turns"/>, each within 1 ulp, for turns within
    /// 2^40 of 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCosTurns(TReal turns, out TReal sine, out TReal cosine)
    {
        // turns = k/4 + d, d within 1/8; both steps are exact.
        var shifted = TLanes.Fma(turns, TLanes.Real(4), TLanes.Real(RoundingShift));
        var k = TLanes.Subtract(shifted, TLanes.Real(RoundingShift));
        var d = TLanes.Fma(k, TLanes.Real(-0.25), turns);
        var y = TLanes.Multiply(d, d);
        var s = SinNearZero(d, y);
        var c = CosNearZero(y);

        // Odd quarters swap the two; quarters 2 and 3 turn the sine's sign, 1 and 2 the cosine's.
        var quarter = TLanes.Bits(shifted);
        var odd = TLanes.Subtract(TLanes.Word(0), TLanes.And(quarter, TLanes.Word(1)));
        var sineSign = TLanes.And(TLanes.ShiftLeft(quarter, 62), TLanes.Word(1UL << 63));
        var next = TLanes.Add(quarter, TLanes.Word(1));
        var cosineSign = TLanes.And(TLanes.ShiftLeft(next, 62), TLanes.Word(1UL << 63));
        sine = TLanes.FromBits(TLanes.Xor(TLanes.Bits(TLanes.Select(odd, c, s)), sineSign));
        cosine = TLanes.FromBits(TLanes.Xor(TLanes.Bits(TLanes.Select(odd, s, c)), cosineSign));
    }

    // log 2 in two parts; the first has 20 trailing zeros, so that its products with exponents are exact.
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;

    // (2 atanh(s) - 2 s) / s³ in z = s² up to 0.0295; 2^-57.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TReal LogSeries(TReal z)
    {
        var p = TLanes.Real(0.14617738150195714);
        p = TLanes.Fma(p, z, TLanes.Real(0.1533160788788442));
        p = TLanes.Fma(p, z, TLanes.Real(0.181828928881571));
        p = TLanes.Fma(p, z, TLanes.Real(0.22222211077413462));
        p = TLanes.Fma(p, z, TLanes.Real(0.2857142862637091));
        p = TLanes.Fma(p, z, TLanes.Real(0.39999999999898506));
        return TLanes.Fma(p, z, TLanes.Real(0.666666666666667));
    }

    // sin(2 pi d) as d · 2 pi in two parts, and d³ times a polynomial in y = d² up to 1/64; 2^-56.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TReal SinNearZero(TReal d, TReal y)
    {
        var p = TLanes.Real(3.7864365074856425);
        p = TLanes.Fma(p, y, TLanes.Real(-15.094054305441952));
        p = TLanes.Fma(p, y, TLanes.Real(42.05868918257181));
        p = TLanes.Fma(p, y, TLanes.Real(-76.70585973563036));
        p = TLanes.Fma(p, y, TLanes.Real(81.60524927605172));
        p = TLanes.Fma(p, y, TLanes.Real(-41.341702240399755));
        p = TLanes.Fma(p, y, TLanes.Real(2.4492935982947064e-16));
        return TLanes.Fma(d, TLanes.Real(6.283185307179586), TLanes.Multiply(d, p));
    }

    // cos(2 pi d) as a polynomial in y = d²; 2^-62.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TReal CosNearZero(TReal y)
    {
        var p = TLanes.Real(-1.6990354962848402);
        p = TLanes.Fma(p, y, TLanes.Real(7.9032069632379915));
        p = TLanes.Fma(p, y, TLanes.Real(-26.426253276762992));
        p = TLanes.Fma(p, y, TLanes.Real(60.244641352709365));
        p = TLanes.Fma(p, y, TLanes.Real(-85.45681720664383));
        p = TLanes.Fma(p, y, TLanes.Real(64.93939402266824));
        p = TLanes.Fma(p, y, TLanes.Real(-19.739208802178716));
        return TLanes.Fma(p, y, TLanes.Real(1));
    }
}
