namespace GridVolunteer.Coordination.Shards.Units;

/// <summary>Where a unit is in its life; every unit of a shard is in exactly one phase.</summary>
internal enum UnitPhase
{
    /// <summary>Never handed out.</summary>
    Fresh,

    /// <summary>Live copies are out, no result is in.</summary>
    Running,

    /// <summary>Handed out before; now without a live copy and without a result.</summary>
    Returned,

    /// <summary>Some result is in, not enough agree.</summary>
    Pending,

    /// <summary>Has a canonical result.</summary>
    Validated,

    /// <summary>Failed for good.</summary>
    Failed,
}
