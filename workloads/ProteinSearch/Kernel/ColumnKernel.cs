using System.Runtime.CompilerServices;

namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>
/// The inner loop: takes a block of columns of the alignment matrix, for every lane those of its own
/// sequence, down the rows of the query. By Gotoh's recurrences (1982): <c>e</c> and <c>f</c> are the best
/// alignments that end in a gap, along a row and down a column, <c>h</c> the best of all. Nine vector
/// operations a cell, in registers; what passes from one block to the next is two vectors a row.
/// </summary>
internal static unsafe class ColumnKernel<TSimd, TVector, TScore>
    where TSimd : ISimd<TVector, TScore>
    where TVector : unmanaged
    where TScore : unmanaged
{
    /// <summary>Columns of a block: as many as the registers of AVX-512 hold.</summary>
    public const int Columns = 8;

    /// <summary>Where the best scores stand in the vectors that a pass starts from and leaves.</summary>
    public const int Best = (2 * Columns) + 1;

    /// <summary>How many vectors a pass starts from and leaves.</summary>
    public const int StateVectors = Best + 1;

    /// <summary>Takes a block through some rows.</summary>
    /// <param name="query">Codes of the query's residues at those rows.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="gains">For each code a vector of scores for each column.</param>
    /// <param name="border">For each row <c>h</c> and <c>e</c> of the column before the block; left as
    /// those of its last column.</param>
    /// <param name="state"><c>h</c> and <c>f</c> of the row before for each column, <c>h</c> of the row and
    /// column before, and the best scores; left as those of the last row.</param>
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
        TVector h0 = state[0], h1 = state[1], h2 = state[2], h3 = state[3];
        TVector h4 = state[4], h5 = state[5], h6 = state[6], h7 = state[7];
        TVector f0 = state[8], f1 = state[9], f2 = state[10], f3 = state[11];
        TVector f4 = state[12], f5 = state[13], f6 = state[14], f7 = state[15];
        var diagonal = state[16];
        var best = state[Best];
        for (var end = query + rows; query < end; query++, border += 2)
        {
            var gain = gains + (*query * Columns);
            var left = border[0];
            var e = border[1];
            if (isLimited)
            {
                left = TSimd.Min(left, limit);
                e = TSimd.Min(e, limit);
            }

            Cell(gain[0], ref diagonal, ref h0, ref f0, ref e, ref best, open, extend);
            Cell(gain[1], ref diagonal, ref h1, ref f1, ref e, ref best, open, extend);
            Cell(gain[2], ref diagonal, ref h2, ref f2, ref e, ref best, open, extend);
            Cell(gain[3], ref diagonal, ref h3, ref f3, ref e, ref best, open, extend);
            Cell(gain[4], ref diagonal, ref h4, ref f4, ref e, ref best, open, extend);
            Cell(gain[5], ref diagonal, ref h5, ref f5, ref e, ref best, open, extend);
            Cell(gain[6], ref diagonal, ref h6, ref f6, ref e, ref best, open, extend);
            Cell(gain[7], ref diagonal, ref h7, ref f7, ref e, ref best, open, extend);
            border[0] = h7;
            border[1] = e;
            diagonal = left;
        }

        (state[0], state[1], state[2], state[3]) = (h0, h1, h2, h3);
        (state[4], state[5], state[6], state[7]) = (h4, h5, h6, h7);
        (state[8], state[9], state[10], state[11]) = (f0, f1, f2, f3);
        (state[12], state[13], state[14], state[15]) = (f4, f5, f6, f7);
        state[16] = diagonal;
        state[Best] = best;
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
