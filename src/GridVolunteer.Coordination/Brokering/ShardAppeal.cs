namespace GridVolunteer.Coordination.Brokering;

/// <summary>
/// What a shard has to give, the most pressing first; a shard yet to be opened stands before second copies.
/// </summary>
internal enum ShardAppeal
{
    /// <summary>Units that were lost or given back: somebody has waited for them longest.</summary>
    GivenBack,

    /// <summary>Missing replicas or fresh units, or it was not asked yet.</summary>
    Copies,

    /// <summary>Second copies of slow units only.</summary>
    SecondCopies,

    /// <summary>Nothing.</summary>
    None,
}
