using GridVolunteer.Workloads.ProteinSearch.Alignment;

namespace GridVolunteer.Workloads.Tests.ProteinSearch;

/// <summary>
/// Smith-Waterman by its definition: a full matrix, and for each cell every gap of every length. Slow and
/// obvious.
/// </summary>
internal static class ReferenceAligner
{
    public static int Score(byte[] query, byte[] target)
    {
        var h = new int[query.Length + 1, target.Length + 1];
        var best = 0;
        for (var i = 1; i <= query.Length; i++)
        {
            for (var j = 1; j <= target.Length; j++)
            {
                var here = Math.Max(0, h[i - 1, j - 1] + Blosum62.Score(query[i - 1], target[j - 1]));
                for (var length = 1; length <= i; length++)
                {
                    here = Math.Max(here, h[i - length, j] - 11 - length);
                }

                for (var length = 1; length <= j; length++)
                {
                    here = Math.Max(here, h[i, j - length] - 11 - length);
                }

                h[i, j] = here;
                best = Math.Max(best, here);
            }
        }

        return best;
    }
}
