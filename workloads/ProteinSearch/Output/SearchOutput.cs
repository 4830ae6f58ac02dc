using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Hits;

namespace GridVolunteer.Workloads.ProteinSearch.Output;

/// <summary>The job's output.</summary>
/// <param name="Queries">One entry for each query, in their order.</param>
public sealed record SearchOutput(IReadOnlyList<QueryOutput> Queries)
{
    internal static SearchOutput From(PartHits hits) => new(
    [
        .. hits.Queries.Select(query => new QueryOutput(query.Query, query.Length,
        [
            .. query.Hits.Select(hit => new HitOutput(
                hit.Target,
                hit.Score,
                KarlinAltschul.BitScore(hit.Score),
                KarlinAltschul.EValue(hit.Score, query.Length, hits.DatabaseResidues))),
        ])),
    ]);
}
