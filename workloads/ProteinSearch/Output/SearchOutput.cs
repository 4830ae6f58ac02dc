using GridVolunteer.Sdk.Plots;

namespace GridVolunteer.Workloads.ProteinSearch.Output;

/// <summary>The job's output.</summary>
/// <param name="Queries">One entry for each query, in their order.</param>
/// <param name="Plots">Scores of the first queries and what chance gives, to be drawn.</param>
public sealed record SearchOutput(IReadOnlyList<QueryOutput> Queries, IReadOnlyList<Plot> Plots);
