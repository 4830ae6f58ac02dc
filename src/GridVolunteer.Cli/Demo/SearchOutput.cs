namespace GridVolunteer.Cli.Demo;

/// <summary>The merged output of a protein search, as far as the demo shows it.</summary>
/// <param name="Queries">The queries with their hits.</param>
public sealed record SearchOutput(IReadOnlyList<SearchQuery> Queries);
