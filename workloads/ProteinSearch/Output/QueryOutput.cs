using System.Text.Json.Serialization;

namespace GridVolunteer.Workloads.ProteinSearch.Output;

/// <summary>A query and its best hits.</summary>
/// <param name="Query">The first word of its header.</param>
/// <param name="Length">Its residues.</param>
/// <param name="Hits">The best hits, best first.</param>
public sealed record QueryOutput(string Query, int Length, IReadOnlyList<HitOutput> Hits)
{
    /// <summary>The statistics that fit this search; absent where there are too few scores.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FitOutput? Fit { get; init; }
}
