using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Validation;

/// <summary>
/// Agreement within a tolerance, which is not transitive: a unit is valid when as many results as the quorum
/// agree each with each. The canonical one is their medoid, the result nearest to all others; ties go to the
/// lowest digest, so that the order of arrival does not matter among them.
/// </summary>
internal static class NumericVote
{
    /// <summary>Counts one more result.</summary>
    public static Vote Cast(List<ResultGroup> groups, Digest digest, ReadOnlySpan<byte> bytes, ShardPlan plan)
    {
        var joined = groups.FindIndex(g => g.Digest == digest);
        var newest = joined < 0 ? groups.Count : joined;
        if (joined < 0)
        {
            groups = [.. groups, new ResultGroup(digest, default, bytes.ToArray())];
        }

        var weights = groups.Select((g, i) => g.Holders.Count + (i == newest ? 1 : 0)).ToArray();
        var distances = Distances(groups, plan);
        var best = LargestClique(weights, distances);
        if (best.Sum(i => weights[i]) < plan.Quorum)
        {
            var agreeing = best.Sum(i => weights[i]);
            return joined < 0
                ? new Vote(ResultFate.Opens, 0, agreeing)
                : new Vote(ResultFate.Joins, joined, agreeing);
        }

        var medoid = Medoid(best, groups, weights, distances);
        return medoid == newest && joined < 0
            ? new Vote(ResultFate.Valid, 0, 0)
            : new Vote(ResultFate.Agrees, medoid, 0);
    }

    private static double[,] Distances(List<ResultGroup> groups, ShardPlan plan)
    {
        var distances = new double[groups.Count, groups.Count];
        for (var a = 0; a < groups.Count; a++)
        {
            for (var b = 0; b < a; b++)
            {
                var distance = NumericAgreement.Distance(groups[a].Bytes, groups[b].Bytes, plan.Agreement);
                distances[a, b] = distances[b, a] = distance ?? double.PositiveInfinity;
            }
        }

        return distances;
    }

    // The heaviest set in which each agrees with each; among equals the one of the earliest results.
    // Volunteers for a unit are about ten at most, so trying all sets is cheap.
    private static List<int> LargestClique(int[] weights, double[,] distances)
    {
        List<int> best = [];
        var bestWeight = 0;
        Extend([], 0, 0);
        return best;

        void Extend(List<int> clique, int from, int weight)
        {
            if (weight > bestWeight)
            {
                (best, bestWeight) = ([.. clique], weight);
            }

            for (var next = from; next < weights.Length; next++)
            {
                var candidate = next;
                if (clique.TrueForAll(i => double.IsFinite(distances[i, candidate])))
                {
                    clique.Add(next);
                    Extend(clique, next + 1, weight + weights[next]);
                    clique.RemoveAt(clique.Count - 1);
                }
            }
        }
    }

    private static int Medoid(
        List<int> clique, List<ResultGroup> groups, int[] weights, double[,] distances) => clique
        .OrderBy(i => clique.Sum(j => weights[j] * distances[i, j]))
        .ThenBy(i => groups[i].Digest.High)
        .ThenBy(i => groups[i].Digest.Low)
        .First();
}
