using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>Vectors of 128 bits.</summary>
internal readonly unsafe struct Simd128<TScore> : ISimd<Vector128<TScore>, TScore>
    where TScore : unmanaged
{
    public static Vector128<TScore> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get =>
            typeof(TScore) == typeof(sbyte) ? Vector128.Create(sbyte.MinValue).As<sbyte, TScore>()
            : typeof(TScore) == typeof(short) ? Vector128.Create(short.MinValue).As<short, TScore>()
            : Vector128<TScore>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TScore> Fill(TScore value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TScore> Add(Vector128<TScore> scores, Vector128<TScore> gains) =>
        typeof(TScore) == typeof(int)
            ? Vector128.Max(scores + gains, Vector128<TScore>.Zero)
            : Vector128.AddSaturate(scores, gains);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TScore> Subtract(Vector128<TScore> scores, Vector128<TScore> costs) =>
        typeof(TScore) == typeof(int) ? scores - costs : Vector128.SubtractSaturate(scores, costs);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TScore> Max(Vector128<TScore> a, Vector128<TScore> b) => Vector128.Max(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TScore> Min(Vector128<TScore> a, Vector128<TScore> b) => Vector128.Min(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyEquals(Vector128<TScore> a, Vector128<TScore> b) => Vector128.EqualsAny(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<TScore> LookUp(byte* codes, sbyte* table)
    {
        var found = LookUpBytes(Vector128.Load(codes), table);
        return typeof(TScore) == typeof(sbyte) ? found.As<sbyte, TScore>()
            : typeof(TScore) == typeof(short) ? Vector128.WidenLower(found).As<short, TScore>()
            : Vector128.WidenLower(Vector128.WidenLower(found)).As<int, TScore>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<sbyte> LookUpBytes(Vector128<byte> codes, sbyte* table)
    {
        // A shuffle gives 0 for what is out of its 16 entries, and a code of the other half is out of both.
        var low = Vector128.Shuffle(Vector128.Load(table), codes.AsSByte());
        var high = Vector128.Shuffle(
            Vector128.Load(table + 16), (codes - Vector128.Create((byte)16)).AsSByte());
        return low | high;
    }
}
