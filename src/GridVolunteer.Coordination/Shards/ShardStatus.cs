using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Shards;

/// <summary>
/// A shard's counters. Fresh + Running + Returned + Pending + Validated + Failed = UnitCount, always.
/// </summary>
public sealed record ShardStatus
{
    /// <summary>The shard.</summary>
    public required ShardId Shard { get; init; }

    /// <summary>Units in all.</summary>
    public required int UnitCount { get; init; }

    /// <summary>Units never handed out.</summary>
    public required int Fresh { get; init; }

    /// <summary>Units with live copies out and no result yet.</summary>
    public required int Running { get; init; }

    /// <summary>
    /// Units handed out before, with no live copy and no result now: lost, returned or failed once.
    /// </summary>
    public required int Returned { get; init; }

    /// <summary>Units with at least one result, waiting for agreement.</summary>
    public required int Pending { get; init; }

    /// <summary>Units with a canonical result.</summary>
    public required int Validated { get; init; }

    /// <summary>Units failed for good.</summary>
    public required int Failed { get; init; }

    /// <summary>Units validated by another member than one who had lost them.</summary>
    public required int Reassigned { get; init; }

    /// <summary>
    /// Unit copies that could be handed out now (missing replicas, returned and fresh units), to some
    /// volunteer.
    /// </summary>
    public required long CopiesWanted { get; init; }

    /// <summary>
    /// True when some running unit is slow enough, and nothing else is left, that a second copy would be
    /// handed out.
    /// </summary>
    public required bool WantsSecondCopies { get; init; }

    /// <summary>When the next second copy or deadline falls due, or null.</summary>
    public DateTimeOffset? NextTick { get; init; }

    /// <summary>True when every unit is validated or failed, or the shard was ended.</summary>
    public bool IsClosed { get; init; }
}
