namespace GridVolunteer.Coordinator.Engine;

/// <summary>The kinds of entities that notices go to.</summary>
internal enum NoticeReceiver
{
    /// <summary>A work shard.</summary>
    Shard,

    /// <summary>A job.</summary>
    Job,

    /// <summary>The catalogue, and with it the broker.</summary>
    Catalog,

    /// <summary>The volunteers.</summary>
    Volunteers,
}
