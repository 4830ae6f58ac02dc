using System.Runtime.Intrinsics;
using GridVolunteer.Workloads.ProteinSearch.Alignment;

namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>
/// Smith-Waterman scores of one query against many sequences at a time, one in each lane of the vectors (T.
/// Rognes, 2011). A lane that ends takes the next sequence, so all are busy as long as there are sequences
/// enough. Not safe to use from several threads at once; keeps its memory from query to query.
/// </summary>
internal abstract class LaneAligner
{
    /// <summary>The widest vectors that this machine computes with.</summary>
    public static SimdWidth WidthOfThisMachine =>
        Vector512.IsHardwareAccelerated ? SimdWidth.Bits512
        : Vector256.IsHardwareAccelerated ? SimdWidth.Bits256
        : SimdWidth.Bits128;

    /// <summary>How many sequences are aligned at a time.</summary>
    public abstract int Lanes { get; }

    /// <summary>How many lanes have a sequence.</summary>
    public abstract int Taken { get; }

    /// <summary>A score of this may be more in truth; smaller ones are exact.</summary>
    public abstract int ScoreLimit { get; }

    /// <summary>What the sequences are that are being aligned.</summary>
    public abstract IEnumerable<int> Ids { get; }

    /// <summary>
    /// An aligner for vectors of any width; those that this machine lacks are computed in parts.
    /// </summary>
    public static LaneAligner Create(SimdWidth width, ScoreSize size) => (width, size) switch
    {
        (SimdWidth.Bits512, ScoreSize.Bits8) =>
            new LaneAligner<Simd512<sbyte>, Vector512<sbyte>, sbyte>(),
        (SimdWidth.Bits512, ScoreSize.Bits16) =>
            new LaneAligner<Simd512<short>, Vector512<short>, short>(),
        (SimdWidth.Bits512, ScoreSize.Bits32) =>
            new LaneAligner<Simd512<int>, Vector512<int>, int>(),
        (SimdWidth.Bits256, ScoreSize.Bits8) =>
            new LaneAligner<Simd256<sbyte>, Vector256<sbyte>, sbyte>(),
        (SimdWidth.Bits256, ScoreSize.Bits16) =>
            new LaneAligner<Simd256<short>, Vector256<short>, short>(),
        (SimdWidth.Bits256, ScoreSize.Bits32) =>
            new LaneAligner<Simd256<int>, Vector256<int>, int>(),
        (SimdWidth.Bits128, ScoreSize.Bits8) =>
            new LaneAligner<Simd128<sbyte>, Vector128<sbyte>, sbyte>(),
        (SimdWidth.Bits128, ScoreSize.Bits16) =>
            new LaneAligner<Simd128<short>, Vector128<short>, short>(),
        (SimdWidth.Bits128, ScoreSize.Bits32) =>
            new LaneAligner<Simd128<int>, Vector128<int>, int>(),
        _ => throw new ArgumentOutOfRangeException(nameof(width), (width, size), "No such vectors."),
    };

    /// <summary>Empties all lanes and starts on a query.</summary>
    public abstract void Begin(QueryProfile query);

    /// <summary>Puts a sequence into a free lane, which must be there.</summary>
    /// <param name="id">What it shall be called.</param>
    /// <param name="residues">Its residues, at least one.</param>
    public abstract void Admit(int id, byte[] residues);

    /// <summary>
    /// Takes every lane eight residues on, and frees those whose sequence ended or reached the limit. A query
    /// of any length is left within some milliseconds when it is cancelled; <see cref="Begin"/> must follow.
    /// </summary>
    /// <returns>The sequences that left; valid until the next call.</returns>
    public abstract ReadOnlySpan<LaneScore> Advance(CancellationToken cancellationToken);
}
