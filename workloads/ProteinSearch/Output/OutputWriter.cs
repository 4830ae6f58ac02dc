using GridVolunteer.Sdk.Plots;
using GridVolunteer.Workloads.ProteinSearch.Alignment;
using GridVolunteer.Workloads.ProteinSearch.Hits;
using GridVolunteer.Workloads.ProteinSearch.Statistics;

namespace GridVolunteer.Workloads.ProteinSearch.Output;

/// <summary>
/// Makes the output from what the last merge found: statistics of every hit, alignments of the best, and the
/// distribution of the scores.
/// </summary>
/// <param name="queries">The queries.</param>
/// <param name="database">The database.</param>
/// <param name="alignments">Hits of each query that are shown as alignments.</param>
internal sealed class OutputWriter(
    IReadOnlyList<QueryProfile> queries, ProteinDatabase database, int alignments)
{
    private readonly ScoreModel _model = new(database.Sequences);
    private readonly AlignmentBudget _budget = new();

    /// <summary>The output.</summary>
    public SearchOutput Write(PartHits found)
    {
        var outputs = new List<QueryOutput>();
        var plots = new List<Plot>();
        foreach (var (profile, hits) in queries.Zip(found.Queries))
        {
            var fit = ScoreFitter.TryFit(hits.Scores, _model, hits.Length);
            outputs.Add(new QueryOutput(hits.Query, hits.Length, WriteHits(profile, hits))
            {
                Fit = FitOutput.From(fit),
            });
            if (plots.Count < PlotLimits.PlotsMax && ScorePlot.TryDraw(hits, _model, fit) is { } plot)
            {
                plots.Add(plot);
            }
        }

        return new SearchOutput(outputs, plots);
    }

    private HitOutput[] WriteHits(QueryProfile query, QueryHits hits) =>
    [
        .. hits.Hits.Select((hit, rank) => new HitOutput(
            hit.Target,
            hit.Score,
            KarlinAltschul.BitScore(hit.Score),
            KarlinAltschul.EValue(hit.Score, hits.Length, database.Residues))
        {
            Alignment = rank < alignments
                ? _budget.TryAlign(query, database.Sequences[hit.Place], hit.Score)
                : null,
        }),
    ];
}
