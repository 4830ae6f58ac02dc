using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Shards;

/// <summary>A shard's half of an exchange.</summary>
/// <param name="Outcomes">One for each report, in order.</param>
/// <param name="Grant">The batch, or null when there is nothing for this volunteer.</param>
/// <param name="Status">The shard after the exchange, for hints.</param>
public sealed record ShardAnswer(
    IReadOnlyList<ReportOutcome> Outcomes, ShardGrant? Grant, ShardStatus Status);
