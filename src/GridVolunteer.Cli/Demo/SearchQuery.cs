namespace GridVolunteer.Cli.Demo;

/// <summary>One query of a protein search.</summary>
/// <param name="Query">Its name.</param>
/// <param name="Length">Its residues.</param>
/// <param name="Hits">What was found, best first.</param>
public sealed record SearchQuery(string Query, int Length, IReadOnlyList<SearchHit> Hits);
