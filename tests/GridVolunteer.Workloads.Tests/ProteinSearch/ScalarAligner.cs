using GridVolunteer.Workloads.ProteinSearch.Alignment;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

/// <summary>
/// Smith-Waterman with affine gaps by Gotoh's recurrences, a cell at a time in 32 bits: what the vectors are
/// held to where <see cref="ReferenceAligner"/>, to which it is held itself, would take too long.
/// </summary>
internal static class ScalarAligner
{
    private const int GapFirst = 12;
    private const int GapNext = 1;

    public static int Score(byte[] query, byte[] target)
    {
        var best = new int[query.Length + 1];
        var gaps = Enumerable.Repeat(-GapFirst, query.Length + 1).ToArray();
        var score = 0;
        foreach (var residue in target)
        {
            var scores = Blosum62.RowOf(residue);
            var diagonal = 0;
            var gapInTarget = -GapFirst;
            for (var i = 1; i <= query.Length; i++)
            {
                var here = Math.Max(
                    Math.Max(diagonal + scores[query[i - 1]], 0), Math.Max(gaps[i], gapInTarget));
                diagonal = best[i];
                best[i] = here;
                score = Math.Max(score, here);
                gaps[i] = Math.Max(gaps[i] - GapNext, here - GapFirst);
                gapInTarget = Math.Max(gapInTarget - GapNext, here - GapFirst);
            }
        }

        return score;
    }
}
