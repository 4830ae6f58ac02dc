using GridVolunteer.Sdk.Numerics;
using GridVolunteer.Workloads.ProteinSearch.Hits;

namespace GridVolunteer.Workloads.ProteinSearch.Statistics;

/// <summary>
/// Fits lambda and K to the scores of a search by maximum likelihood (S. Altschul, W. Gish, 1996; S. Eddy,
/// 1997). Only scores from the most frequent one up to where chance gives less than one sequence take part:
/// those below follow the theory badly, and those above are true relatives of the query, which no chance
/// should be fitted to. The likelihood is that of scores known to lie between the two.
/// </summary>
internal static class ScoreFitter
{
    private const int SequencesMin = 100;
    private const int ScoresMin = 8;
    private const int Rounds = 4;
    private const double LambdaMin = 0.05;
    private const double LambdaMax = 2;

    /// <summary>What the logarithm takes where the model leaves nothing.</summary>
    private const double ShareMin = 1e-300;

    /// <summary>The fit; null if there are too few scores for one.</summary>
    public static ScoreFit? TryFit(ScoreCounts scores, ScoreModel model, int queryLength)
    {
        if (scores.Counts.Count == 0)
        {
            return null;
        }

        var parameters = GumbelParameters.Published;
        ScoreFit? fit = null;
        for (var round = 0; round < Rounds; round++)
        {
            // Of the search the first time, of the fit then: the most frequent score of the search is one
            // that was lucky, and to begin with it bends the fit.
            var first = fit is null ? MostFrequent(scores) : MostFrequent(parameters, model, queryLength);
            var last = ChanceEnd(parameters, model, queryLength) - 1;
            if (fit?.ScoreMin == first && fit.ScoreMax == last)
            {
                break;
            }

            var counts = CountsBetween(scores, first, last);
            var sequences = counts.Sum(count => (long)count);
            if (sequences < SequencesMin || counts.Length < ScoresMin)
            {
                return null;
            }

            parameters = Fit(counts, first, model, queryLength, parameters);
            if (parameters.Lambda is < LambdaMin or > LambdaMax)
            {
                // Such scores are no chance scores: of near copies of the query, for example.
                return null;
            }

            fit = new ScoreFit(parameters, first, last, sequences);
        }

        return fit;
    }

    /// <summary>The lowest score that chance gives less than one of the sequences.</summary>
    public static int ChanceEnd(GumbelParameters parameters, ScoreModel model, int queryLength)
    {
        var tail = new double[1];
        for (var score = 1; ; score++)
        {
            model.Tails(parameters, queryLength, score, tail);
            if (tail[0] * model.Sequences < 1)
            {
                return score;
            }
        }
    }

    /// <summary>The score that most sequences of the search have.</summary>
    private static int MostFrequent(ScoreCounts scores) =>
        scores.Scores[scores.Counts.Index().MaxBy(count => count.Item).Index];

    /// <summary>The score that chance gives most sequences.</summary>
    private static int MostFrequent(GumbelParameters parameters, ScoreModel model, int queryLength)
    {
        var tails = new double[ChanceEnd(parameters, model, queryLength) + 1];
        model.Tails(parameters, queryLength, 0, tails);
        var best = 0;
        for (var score = 1; score + 1 < tails.Length; score++)
        {
            if (tails[score] - tails[score + 1] > tails[best] - tails[best + 1])
            {
                best = score;
            }
        }

        return best;
    }

    private static int[] CountsBetween(ScoreCounts scores, int first, int last)
    {
        var counts = new int[Math.Max(0, last - first + 1)];
        foreach (var (score, count) in scores.Scores.Zip(scores.Counts))
        {
            if (score >= first && score <= last)
            {
                counts[score - first] = count;
            }
        }

        return counts;
    }

    private static GumbelParameters Fit(
        int[] counts, int first, ScoreModel model, int queryLength, GumbelParameters start)
    {
        var tails = new double[counts.Length + 1];
        double Misfit(double logLambda, double logK)
        {
            var parameters = new GumbelParameters(PortableMath.Exp(logLambda), PortableMath.Exp(logK));
            model.Tails(parameters, queryLength, first, tails);
            var all = tails[0] - tails[^1];
            if (!(all > 0))
            {
                return double.PositiveInfinity; // Chance would give no score in this range: no fit at all.
            }

            var misfit = 0.0;
            for (var i = 0; i < counts.Length; i++)
            {
                var share = Math.Max(ShareMin, (tails[i] - tails[i + 1]) / all);
                misfit -= counts[i] * PortableMath.Log(share);
            }

            return misfit;
        }

        var (lambda, k) = SimplexSearch.Minimize(
            Misfit, PortableMath.Log(start.Lambda), PortableMath.Log(start.K));
        return new GumbelParameters(PortableMath.Exp(lambda), PortableMath.Exp(k));
    }
}
