using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>Vectors of 256 bits.</summary>
internal readonly unsafe struct Simd256<TScore> : ISimd<Vector256<TScore>, TScore>
    where TScore : unmanaged
{
    public static Vector256<TScore> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get =>
            typeof(TScore) == typeof(sbyte) ? Vector256.Create(sbyte.MinValue).As<sbyte, TScore>()
            : typeof(TScore) == typeof(short) ? Vector256.Create(short.MinValue).As<short, TScore>()
            : Vector256<TScore>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TScore> Fill(TScore value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TScore> Add(Vector256<TScore> scores, Vector256<TScore> gains) =>
        typeof(TScore) == typeof(int)
            ? Vector256.Max(scores + gains, Vector256<TScore>.Zero)
            : Vector256.AddSaturate(scores, gains);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TScore> Subtract(Vector256<TScore> scores, Vector256<TScore> costs) =>
        typeof(TScore) == typeof(int) ? scores - costs : Vector256.SubtractSaturate(scores, costs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TScore> Max(Vector256<TScore> a, Vector256<TScore> b) => Vector256.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TScore> Min(Vector256<TScore> a, Vector256<TScore> b) => Vector256.Min(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyEquals(Vector256<TScore> a, Vector256<TScore> b) => Vector256.EqualsAny(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TScore> LookUp(byte* codes, sbyte* table)
    {
        var found = LookUpBytes(Vector256.Load(codes), table);
        return typeof(TScore) == typeof(sbyte) ? found.As<sbyte, TScore>()
            : typeof(TScore) == typeof(short) ? Vector256.WidenLower(found).As<short, TScore>()
            : Vector256.WidenLower(Vector256.WidenLower(found)).As<int, TScore>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<sbyte> LookUpBytes(Vector256<byte> codes, sbyte* table)
    {
        if (Avx2.IsSupported)
        {
            var low = Avx2.Shuffle(Vector256.Create(Vector128.Load(table)), codes.AsSByte());
            var high = Avx2.Shuffle(Vector256.Create(Vector128.Load(table + 16)), codes.AsSByte());
            var isHigh = Vector256.GreaterThan(codes, Vector256.Create((byte)15)).AsSByte();
            return Vector256.ConditionalSelect(isHigh, high, low);
        }

        return Vector256.Create(
            Simd128<sbyte>.LookUpBytes(codes.GetLower(), table),
            Simd128<sbyte>.LookUpBytes(codes.GetUpper(), table));
    }
}
