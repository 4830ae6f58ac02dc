using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Work;

/// <summary>What became of some units of one grant. A grant may be reported in several parts.</summary>
public sealed record GrantReport
{
    /// <summary>The grant the units were in.</summary>
    public required GrantId Grant { get; init; }

    /// <summary>Units computed, in increasing order and not overlapping.</summary>
    public IReadOnlyList<UnitRun> Runs { get; init => field = value ?? []; } = [];

    /// <summary>
    /// Their results in the same order, as <c>PackedResults</c>: for each a varint of (length &lt;&lt; 1 |
    /// isBlob), then the bytes; isBlob entries carry a blob's 32-byte root and 8-byte big-endian length.
    /// Base64 in JSON.
    /// </summary>
    public ReadOnlyMemory<byte> Results { get; init; }

    /// <summary>Units that could not be computed.</summary>
    public IReadOnlyList<UnitFailure> Failures { get; init => field = value ?? []; } = [];

    /// <summary>Units handed back uncomputed (the agent stops, or has too much).</summary>
    public IReadOnlyList<UnitRun> Returned { get; init => field = value ?? []; } = [];

    /// <summary>
    /// Processor-occupying seconds the computed units took, summed over threads; feeds the estimates.
    /// </summary>
    public double ComputeSeconds { get; init; }
}
