namespace GridVolunteer.Coordination.Volunteers;

/// <summary>What a volunteer holds of one shard, and what the shard has been told.</summary>
internal sealed class HeldShard(DateTimeOffset reconciledAt)
{
    /// <summary>The grants by sequence.</summary>
    public SortedDictionary<long, HeldGrant> Grants { get; } = [];

    /// <summary>True when the shard has been told that the volunteer is silent.</summary>
    public bool IsTold { get; set; }

    /// <summary>
    /// True when the shard may know grants that are not known here, or the other way round.
    /// </summary>
    public bool IsUnsure { get; set; }

    /// <summary>When both last agreed.</summary>
    public DateTimeOffset ReconciledAt { get; set; } = reconciledAt;

    /// <summary>True when nothing is left to remember.</summary>
    public bool IsEmpty => Grants.Count == 0 && !IsTold && !IsUnsure;
}
