using System.Runtime.CompilerServices;

namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>
/// The inner loop: takes a block of columns of the alignment matrix, for every lane those of its own
/// sequence, down the rows of the query. By Gotoh's recurrences (1982): <c>e</c> and <c>f</c> are the best
/// alignments that end in a gap, along a row and down a column, <c>h</c> the best of all. Nine vector
/// operations a cell. Four columns go down at a time, since those fit sixteen registers, which is all that
/// AVX2 has; what passes from one to the next four is two vectors a row.
/// </summary>
internal static unsafe class ColumnKernel<TSimd, TVector, TScore>
    where TSimd : ISimd<TVector, TScore>
    where TVector : unmanaged
    where TScore : unmanaged
{
    /// <summary>Columns of a block.</summary>
    public const int Columns = 2 * Half;

    /// <summary>Where the best scores stand in the vectors that a pass starts from and leaves.</summary>
    public const int Best = 2 * HalfState;

    /// <summary>How many vectors a pass starts from and leaves.</summary>
    public const int StateVectors = Best + 1;

    private const int Half = 4;
    private const int HalfState = (2 * Half) + 1;

    /// <summary>Takes a block through some rows.</summary>
    /// <param name="query">Codes of the query's residues at those rows.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="gains">For each code a vector of scores for each column.</param>
    /// <param name="border">For each row <c>h</c> and <c>e</c> of the column before the block; left as
    /// those of its last column.</param>
    /// <param name="state">For each half of the block <c>h</c> and <c>f</c> of the row before for each
    /// column and <c>h</c> of the row and column before; then the best scores. Left as those of the last
    /// row.</param>
    // Optimised at once: worker processes live shortly, and their time is this loop.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pass(
        byte* query, int rows, TVector* gains, TVector* border, TVector* state, TVector open,
        TVector extend) =>
        Run(query, rows, gains, border, state, open, extend, isLimited: false, default);

    /// <summary>The same for a block in which sequences begin.</summary>
    /// <param name="limit">What <paramref name="border"/> may be at most: a score of 0 in lanes whose
    /// sequence begins, the largest number in others.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PassBeginning(
        byte* query, int rows, TVector* gains, TVector* border, TVector* state, TVector open,
        TVector extend, TVector limit) =>
        Run(query, rows, gains, border, state, open, extend, isLimited: true, limit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run(
        byte* query, int rows, TVector* gains, TVector* border, TVector* state, TVector open,
        TVector extend, bool isLimited, TVector limit)
    {
        var best = state + Best;
        RunHalf(query, rows, gains, border, state, best, open, extend, isLimited, limit);
        state += HalfState;
        RunHalf(query, rows, gains + Half, border, state, best, open, extend, isLimited: false, limit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunHalf(
        byte* query, int rows, TVector* gains, TVector* border, TVector* state, TVector* bestScores,
        TVector open, TVector extend, bool isLimited, TVector limit)
    {
        TVector h0 = state[0], h1 = state[1], h2 = state[2], h3 = state[3];
        TVector f0 = state[4], f1 = state[5], f2 = state[6], f3 = state[7];
        var diagonal = state[8];
        var best = *bestScores;
        for (var end = query + rows; query < end; query++, border += 2)
        {
            var gain = gains + (*query * Columns);
            var e = isLimited ? TSimd.Min(border[1], limit) : border[1];
            Cell(gain[0], ref diagonal, ref h0, ref f0, ref e, ref best, open, extend);
            Cell(gain[1], ref diagonal, ref h1, ref f1, ref e, ref best, open, extend);
            Cell(gain[2], ref diagonal, ref h2, ref f2, ref e, ref best, open, extend);
            Cell(gain[3], ref diagonal, ref h3, ref f3, ref e, ref best, open, extend);
            diagonal = isLimited ? TSimd.Min(border[0], limit) : border[0];
            border[0] = h3;
            border[1] = e;
        }

        (state[0], state[1], state[2], state[3]) = (h0, h1, h2, h3);
        (state[4], state[5], state[6], state[7]) = (f0, f1, f2, f3);
        state[8] = diagonal;
        *bestScores = best;
    }

    /// <summary>Goes from <c>h</c> of the row before to that of this row.</summary>
    /// <param name="diagonal"><c>h</c> of the row and column before; left as that of the row before.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Cell(
        TVector gain, ref TVector diagonal, ref TVector h, ref TVector f, ref TVector e, ref TVector best,
        TVector open, TVector extend)
    {
        var paired = TSimd.Add(diagonal, gain);
        diagonal = h;

        // The best alignment ends with a pair of residues, so gaps need no look.
        best = TSimd.Max(best, paired);
        h = TSimd.Max(TSimd.Max(paired, f), e);
        var opened = TSimd.Subtract(h, open);
        e = TSimd.Max(TSimd.Subtract(e, extend), opened);
        f = TSimd.Max(TSimd.Subtract(f, extend), opened);
    }
}
