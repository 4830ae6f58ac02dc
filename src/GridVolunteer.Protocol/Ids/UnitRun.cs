using System.Text.Json.Serialization;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Protocol.Ids;

/// <summary>Consecutive units of one level, by their index in the job: JSON <c>[start, count]</c>.</summary>
/// <param name="Start">Index of the first unit.</param>
/// <param name="Count">How many, at least 1.</param>
[JsonConverter(typeof(UnitRunConverter))]
public readonly record struct UnitRun(long Start, int Count)
{
    /// <summary>The index after the last one.</summary>
    public long End => Start + Count;
}
