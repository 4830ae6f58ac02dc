using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Work;

/// <summary>A batch of units granted to the asking agent.</summary>
public sealed record GrantOffer
{
    /// <summary>The grant's id; results are reported under it.</summary>
    public required GrantId Grant { get; init; }

    /// <summary>The units, in increasing order.</summary>
    public required IReadOnlyList<UnitRun> Runs { get; init; }

    /// <summary>
    /// Inputs of a table job's units in the order of the runs, as <c>PackedInputs</c>: varint length, then
    /// bytes. Empty for jobs by count and for merge units. Base64 in JSON.
    /// </summary>
    public ReadOnlyMemory<byte> Inputs { get; init; }

    /// <summary>
    /// Seconds after which the coordinator gives the units to somebody else, though late results still count.
    /// </summary>
    public required double DeadlineSeconds { get; init; }

    /// <summary>True for taken-over units: they run before what is buffered.</summary>
    public bool Urgent { get; init; }
}
