namespace GridVolunteer.Workloads.ProteinSearch.Statistics;

/// <summary>What was fitted to the scores of a search.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="ScoreMin">The lowest score that counted: the one that the fit makes most frequent.</param>
/// <param name="ScoreMax">The highest: chance gives less than one sequence more than it.</param>
/// <param name="Sequences">Sequences with scores between them.</param>
internal sealed record ScoreFit(GumbelParameters Parameters, int ScoreMin, int ScoreMax, long Sequences);
