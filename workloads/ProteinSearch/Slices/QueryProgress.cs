using GridVolunteer.Workloads.ProteinSearch.Hits;

namespace GridVolunteer.Workloads.ProteinSearch.Slices;

/// <summary>What a query has found so far in a slice.</summary>
/// <param name="Places">Places in the database of the best hits, best first.</param>
/// <param name="HitScores">Their scores.</param>
/// <param name="Scores">How often each score occurred.</param>
public sealed record QueryProgress(
    IReadOnlyList<int> Places, IReadOnlyList<int> HitScores, ScoreCounts Scores);
