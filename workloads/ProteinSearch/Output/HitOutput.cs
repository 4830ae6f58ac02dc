using System.Text.Json.Serialization;

namespace GridVolunteer.Workloads.ProteinSearch.Output;

/// <summary>A hit with its statistics.</summary>
/// <param name="Target">The first word of the sequence's header.</param>
/// <param name="Score">The alignment's score.</param>
/// <param name="BitScore">The score without its unit, six digits.</param>
/// <param name="EValue">Chance hits of at least this score to be expected, six digits.</param>
public sealed record HitOutput(string Target, int Score, double BitScore, double EValue)
{
    /// <summary>How query and target are aligned; absent where it is not shown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AlignmentOutput? Alignment { get; init; }
}
