namespace GridVolunteer.Workloads.ProteinSearch.Hits;

/// <summary>What one query found in a part of the database.</summary>
/// <param name="Query">The query's name.</param>
/// <param name="Length">The query's residues.</param>
/// <param name="Hits">The best hits, best first.</param>
/// <param name="Scores">How often each score occurred, hits or not.</param>
public sealed record QueryHits(string Query, int Length, IReadOnlyList<Hit> Hits, ScoreCounts Scores);
