using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Reals = System.Runtime.Intrinsics.Vector128<double>;
using Words = System.Runtime.Intrinsics.Vector128<ulong>;

namespace GridVolunteer.Workloads.OptionPricing.Numerics;

/// <summary>Two lanes: vectors of 128 bits.</summary>
internal readonly struct Lanes128 : ILanes<Reals, Words>
{
    private const ulong LowerHalf = uint.MaxValue;

    public static int Count => 2;

    // Where fused operations are the runtime's own code, vectors of them only add to the way there.
    public static bool IsFast => System.Runtime.Intrinsics.X86.Fma.IsSupported || AdvSimd.Arm64.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Reals Real(double value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Word(ulong value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words LaneNumbers() => Words.Indices;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Reals Load(ref readonly double source) => Vector128.LoadUnsafe(in source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Load(ref readonly ulong source) => Vector128.LoadUnsafe(in source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Reals value, ref double target) => value.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Words value, ref ulong target) => value.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Reals Add(Reals a, Reals b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Reals Subtract(Reals a, Reals b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Reals Multiply(Reals a, Reals b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Reals Divide(Reals a, Reals b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Reals Fma(Reals a, Reals b, Reals c) =>
        Vector128.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Reals Sqrt(Reals a) => Vector128.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Less(Reals a, Reals b) => Vector128.LessThan(a, b).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words LessOrEqual(Reals a, Reals b) => Vector128.LessThanOrEqual(a, b).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Reals Select(Words mask, Reals one, Reals other) =>
        Vector128.ConditionalSelect(mask.AsDouble(), one, other);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Bits(Reals a) => a.AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Reals FromBits(Words a) => a.AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Add(Words a, Words b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Subtract(Words a, Words b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words MultiplyLowerHalves(Words a, Words b)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.Multiply(a.AsUInt32(), b.AsUInt32());
        }

        return AdvSimd.IsSupported
            ? AdvSimd.MultiplyWideningLower(
                AdvSimd.ExtractNarrowingLower(a), AdvSimd.ExtractNarrowingLower(b))
            : (a & Word(LowerHalf)) * (b & Word(LowerHalf));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words And(Words a, Words b) => a & b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words AndNot(Words a, Words b) => a & ~b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Or(Words a, Words b) => a | b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words Xor(Words a, Words b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words ShiftLeft(Words a, int bits) => a << bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Words ShiftRight(Words a, int bits) => a >>> bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsZero(Words a) => a == Words.Zero;
}
