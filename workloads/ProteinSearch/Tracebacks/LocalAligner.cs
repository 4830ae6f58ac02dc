using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ProteinSearch.Alignment;

namespace GridVolunteer.Workloads.ProteinSearch.Tracebacks;

/// <summary>
/// Finds an alignment whose score is known already: first where it ends, then where it starts, each by a
/// Smith-Waterman pass that keeps one column only, and then its steps (<see cref="GlobalAligner"/>). Memory
/// grows with the lengths, not with their product; time is about four times that of a score without vectors.
/// Of several alignments of that score it is the one that ends first in the target, and then in the query.
/// </summary>
internal static class LocalAligner
{
    /// <summary>The alignment.</summary>
    /// <param name="query">Codes of the query's residues.</param>
    /// <param name="target">Codes of the target's residues.</param>
    /// <param name="score">The score of the best alignment of the two, more than 0.</param>
    /// <exception cref="WorkloadException">No alignment of the two scores that much.</exception>
    public static LocalAlignment Align(ReadOnlySpan<byte> query, ReadOnlySpan<byte> target, int score)
    {
        var (queryEnd, targetEnd) = FirstEnd(query, target, score);

        // No other alignment of that score ends in these parts, so from behind the first end is its start.
        var (queryLength, targetLength) = FirstEnd(
            Reversed(query[..queryEnd]), Reversed(target[..targetEnd]), score);
        var queryStart = queryEnd - queryLength;
        var targetStart = targetEnd - targetLength;
        var steps = new GlobalAligner(targetLength).Align(
            query[queryStart..queryEnd], target[targetStart..targetEnd]);
        return new LocalAlignment(queryStart, targetStart, steps);
    }

    private static byte[] Reversed(ReadOnlySpan<byte> residues)
    {
        var reversed = residues.ToArray();
        Array.Reverse(reversed);
        return reversed;
    }

    /// <summary>How many residues of each lie before the end of the first alignment of the score.</summary>
    private static (int Query, int Target) FirstEnd(
        ReadOnlySpan<byte> query, ReadOnlySpan<byte> target, int score)
    {
        var best = new int[query.Length];
        var gaps = new int[query.Length];
        for (var j = 0; j < target.Length; j++)
        {
            var gains = Blosum62.RowOf(target[j]);
            var diagonal = 0;
            var gap = 0;
            for (var i = 0; i < query.Length; i++)
            {
                var here = Math.Max(Math.Max(diagonal + gains[query[i]], 0), Math.Max(gaps[i], gap));
                if (here == score)
                {
                    return (i + 1, j + 1);
                }

                diagonal = best[i];
                best[i] = here;
                gaps[i] = Math.Max(gaps[i] - GapCosts.Next, here - GapCosts.First);
                gap = Math.Max(gap - GapCosts.Next, here - GapCosts.First);
            }
        }

        throw new WorkloadException(
            $"A result says that two sequences align with a score of {score}, but they do not.");
    }
}
