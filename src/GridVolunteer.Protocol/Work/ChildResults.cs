using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Work;

/// <summary>
/// Canonical results of a range of units, as a merge unit needs its children: failed ones are holes.
/// </summary>
public sealed record ChildResults
{
    /// <summary>The units that have a valid result, in increasing order.</summary>
    public required IReadOnlyList<UnitRun> Present { get; init; }

    /// <summary>Their results in the same order, as <c>PackedResults</c>. Base64 in JSON.</summary>
    public required ReadOnlyMemory<byte> Results { get; init; }
}
