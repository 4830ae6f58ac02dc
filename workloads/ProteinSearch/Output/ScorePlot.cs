using System.Globalization;
using GridVolunteer.Sdk.Plots;
using GridVolunteer.Workloads.ProteinSearch.Hits;
using GridVolunteer.Workloads.ProteinSearch.Statistics;

namespace GridVolunteer.Workloads.ProteinSearch.Output;

/// <summary>
/// A query's scores as bars, and over them what chance gives by the published and by the fitted parameters.
/// True relatives of the query stand where chance gives nothing any more.
/// </summary>
internal static class ScorePlot
{
    /// <summary>Scores beyond this many times what chance reaches are not drawn, but counted.</summary>
    private const int ReachOfChance = 2;

    /// <summary>So much is drawn at least.</summary>
    private const int EndMin = 100;

    /// <summary>Expected sequences below which a curve ends.</summary>
    private const double ExpectedMin = 0.01;
    private const int NameLengthMax = 60;

    /// <summary>The plot; null if there is no score in the range of chance.</summary>
    public static Plot? TryDraw(QueryHits hits, ScoreModel model, ScoreFit? fit)
    {
        var published = GumbelParameters.Published;
        var end = Math.Max(EndMin, ReachOfChance * ScoreFitter.ChanceEnd(published, model, hits.Length));
        var (scores, counts) = hits.Scores;
        var drawn = scores.Count(score => score <= end);
        if (drawn == 0)
        {
            return null;
        }

        var series = new List<PlotSeries?>
        {
            new("sequences", PlotKind.Bars, Numbers(scores, drawn), Numbers(counts, drawn)),
            TryCurve("chance, as published", published, hits, model, end),
            fit is null ? null : TryCurve("chance, as fitted", fit.Parameters, hits, model, end),
        };
        return new Plot(
            Title(hits, end),
            new PlotAxis("score"),
            new PlotAxis("sequences", Logarithmic: true),
            [.. series.OfType<PlotSeries>()]);
    }

    private static double[] Numbers(IReadOnlyList<int> numbers, int count) =>
        [.. numbers.Take(count).Select(number => (double)number)];

    private static string Title(QueryHits hits, int end)
    {
        var name = hits.Query.Length <= NameLengthMax
            ? hits.Query
            : hits.Query[..(NameLengthMax - 1)] + "…";
        var (scores, counts) = hits.Scores;
        var beyond = scores.Zip(counts).Where(score => score.First > end).Sum(score => (long)score.Second);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: scores of {hits.Scores.Total:N0} sequences, {beyond:N0} of them above {end}");
    }

    private static PlotSeries? TryCurve(
        string name, GumbelParameters parameters, QueryHits hits, ScoreModel model, int end)
    {
        var first = Math.Max(1, hits.Scores.Scores[0]);
        var tails = new double[end - first + 2];
        model.Tails(parameters, hits.Length, first, tails);
        var total = hits.Scores.Total;
        var points = Enumerable.Range(0, tails.Length - 1)
            .Select(i => (Score: (double)(first + i), Expected: (tails[i] - tails[i + 1]) * total))
            .Where(point => point.Expected >= ExpectedMin)
            .ToArray();
        return points.Length == 0 ? null : new PlotSeries(
            string.Create(
                CultureInfo.InvariantCulture, $"{name}: λ {parameters.Lambda:0.000}, K {parameters.K:0.000}"),
            PlotKind.Line,
            Array.ConvertAll(points, point => point.Score),
            Array.ConvertAll(points, point => SixDigits.Round(point.Expected)));
    }
}
