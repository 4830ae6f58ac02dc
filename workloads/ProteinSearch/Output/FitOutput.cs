using GridVolunteer.Workloads.ProteinSearch.Statistics;

namespace GridVolunteer.Workloads.ProteinSearch.Output;

/// <summary>Lambda and K as they fit the scores of this search best.</summary>
/// <param name="Lambda">Lambda, six digits.</param>
/// <param name="K">K, six digits.</param>
/// <param name="ScoreMin">The lowest score that was fitted: the one that chance makes most frequent.</param>
/// <param name="ScoreMax">The highest: chance gives less than one sequence more than it.</param>
/// <param name="Sequences">Sequences with scores between them.</param>
public sealed record FitOutput(double Lambda, double K, int ScoreMin, int ScoreMax, long Sequences)
{
    internal static FitOutput? From(ScoreFit? fit) => fit is null
        ? null
        : new(
            SixDigits.Round(fit.Parameters.Lambda),
            SixDigits.Round(fit.Parameters.K),
            fit.ScoreMin,
            fit.ScoreMax,
            fit.Sequences);
}
