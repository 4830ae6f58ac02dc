namespace GridVolunteer.Workloads.ProteinSearch.Hits;

/// <summary>The result of a unit or a merge: what every query found in a part of the database. Whole numbers
/// and names only, so that results of different machines agree byte for byte.</summary>
/// <param name="DatabaseResidues">Residues of the whole database, for the statistics.</param>
/// <param name="Queries">One entry for each query, in their order.</param>
public sealed record PartHits(long DatabaseResidues, IReadOnlyList<QueryHits> Queries);
