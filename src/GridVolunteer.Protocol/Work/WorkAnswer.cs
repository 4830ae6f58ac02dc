using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Work;

/// <summary>
/// The coordinator's half of an exchange: what it took in is durable, what it grants is leased.
/// </summary>
public sealed record WorkAnswer
{
    /// <summary>The request this answers.</summary>
    public required string RequestId { get; init; }

    /// <summary>One outcome for each report, in order.</summary>
    public IReadOnlyList<ReportOutcome> Outcomes { get; init => field = value ?? []; } = [];

    /// <summary>Batches of units to compute; empty when there is nothing for this agent now.</summary>
    public IReadOnlyList<GrantOffer> Grants { get; init => field = value ?? []; } = [];
}
