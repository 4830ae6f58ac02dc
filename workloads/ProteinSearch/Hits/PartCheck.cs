using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ProteinSearch.Alignment;

namespace GridVolunteer.Workloads.ProteinSearch.Hits;

/// <summary>
/// Refuses results that no search of this job gives. They come from machines that nobody controls: a made-up
/// one is told in words, rather than merged in silence or failed at in some odd place.
/// </summary>
internal static class PartCheck
{
    /// <summary>Refuses a part that is not of these queries, or whose numbers cannot be.</summary>
    /// <exception cref="WorkloadException">It is such a part.</exception>
    public static void ThrowIfNotOf(IReadOnlyList<QueryProfile> queries, int top, PartHits part)
    {
        if (part.Queries.Count != queries.Count || part.Queries.Contains(null!))
        {
            throw new WorkloadException(
                $"A result answers {part.Queries.Count} queries, but the job has {queries.Count}.");
        }

        foreach (var (query, found) in queries.Zip(part.Queries))
        {
            if (found.Query != query.Name || found.Length != query.Length
                || !AreHits(found.Hits, top) || !AreCounts(found.Scores))
            {
                throw new WorkloadException(
                    $"A result has hits of {query.Name} that no search for it gives.");
            }
        }
    }

    /// <summary>Refuses what is said of sequences that the database does not hold.</summary>
    /// <exception cref="WorkloadException">There is such a one.</exception>
    public static void ThrowIfNotIn(ProteinDatabase database, PartHits found)
    {
        var sequences = database.Sequences;
        if (found.DatabaseResidues != database.Residues
            || found.Queries.Any(query => query.Scores.Total > sequences.Count))
        {
            throw new WorkloadException("A result is of another database than the job's.");
        }

        foreach (var hit in found.Queries.SelectMany(query => query.Hits))
        {
            if (hit.Place >= sequences.Count || hit.Target != sequences[hit.Place].Name)
            {
                throw new WorkloadException(
                    $"A result has a hit at place {hit.Place}, where the database holds no such sequence.");
            }
        }
    }

    private static bool AreHits(IReadOnlyList<Hit> hits, int top) =>
        hits.Count <= top && hits.All(hit => hit is { Place: >= 0, Score: > 0 })
        && hits.DistinctBy(hit => hit.Place).Count() == hits.Count;

    private static bool AreCounts(ScoreCounts counted) =>
        counted.Scores.Count == counted.Counts.Count
        && counted.Scores.All(score => score >= 0) && counted.Counts.All(count => count > 0)
        && counted.Scores.Zip(counted.Scores.Skip(1)).All(pair => pair.First < pair.Second);
}
