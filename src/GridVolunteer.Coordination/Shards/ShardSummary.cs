using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Shards;

/// <summary>What a job keeps of a closed shard.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Validated">Units with a canonical result.</param>
/// <param name="Failed">Units failed for good.</param>
/// <param name="Reassigned">Units validated by another member than one who had lost them.</param>
/// <param name="Output">In the last level: where the canonical result of unit 0 lies; else null.</param>
/// <param name="FirstError">The message of the first unit that failed for good, or null.</param>
public sealed record ShardSummary(
    ShardId Shard, int Validated, int Failed, int Reassigned, CanonicalRun? Output, string? FirstError);
