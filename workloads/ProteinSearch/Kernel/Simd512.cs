using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>Vectors of 512 bits.</summary>
internal readonly unsafe struct Simd512<TScore> : ISimd<Vector512<TScore>, TScore>
    where TScore : unmanaged
{
    public static Vector512<TScore> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get =>
            typeof(TScore) == typeof(sbyte) ? Vector512.Create(sbyte.MinValue).As<sbyte, TScore>()
            : typeof(TScore) == typeof(short) ? Vector512.Create(short.MinValue).As<short, TScore>()
            : Vector512<TScore>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TScore> Fill(TScore value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TScore> Add(Vector512<TScore> scores, Vector512<TScore> gains) =>
        typeof(TScore) == typeof(int)
            ? Vector512.Max(scores + gains, Vector512<TScore>.Zero)
            : Vector512.AddSaturate(scores, gains);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TScore> Subtract(Vector512<TScore> scores, Vector512<TScore> costs) =>
        typeof(TScore) == typeof(int) ? scores - costs : Vector512.SubtractSaturate(scores, costs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TScore> Max(Vector512<TScore> a, Vector512<TScore> b) => Vector512.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TScore> Min(Vector512<TScore> a, Vector512<TScore> b) => Vector512.Min(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyEquals(Vector512<TScore> a, Vector512<TScore> b) => Vector512.EqualsAny(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TScore> LookUp(byte* codes, sbyte* table)
    {
        var found = LookUpBytes(Vector512.Load(codes), table);
        return typeof(TScore) == typeof(sbyte) ? found.As<sbyte, TScore>()
            : typeof(TScore) == typeof(short) ? Vector512.WidenLower(found).As<short, TScore>()
            : Vector512.WidenLower(Vector512.WidenLower(found)).As<int, TScore>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<sbyte> LookUpBytes(Vector512<byte> codes, sbyte* table)
    {
        if (Avx512Vbmi.IsSupported)
        {
            return Avx512Vbmi.PermuteVar64x8(Vector512.Load(table), codes.AsSByte());
        }

        if (Avx512BW.IsSupported)
        {
            var low = Avx512BW.Shuffle(
                Vector512.Create(Vector256.Create(Vector128.Load(table))), codes.AsSByte());
            var high = Avx512BW.Shuffle(
                Vector512.Create(Vector256.Create(Vector128.Load(table + 16))), codes.AsSByte());
            var isHigh = Vector512.GreaterThan(codes, Vector512.Create((byte)15)).AsSByte();
            return Vector512.ConditionalSelect(isHigh, high, low);
        }

        return Vector512.Create(
            Simd256<sbyte>.LookUpBytes(codes.GetLower(), table),
            Simd256<sbyte>.LookUpBytes(codes.GetUpper(), table));
    }
}
