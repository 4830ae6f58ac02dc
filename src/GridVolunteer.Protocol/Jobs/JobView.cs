using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Protocol.Jobs;

/// <summary>A job as people and scripts see it.</summary>
public sealed record JobView
{
    /// <summary>The job.</summary>
    public required JobId JobId { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Its workload's name.</summary>
    public required string Workload { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required JobState State { get; init; }

    /// <summary>Why it waits, when it does: no capable agent, paused, others first; or null.</summary>
    public string? Waiting { get; init; }

    /// <summary>Its share relative to others.</summary>
    public required int Priority { get; init; }

    /// <summary>Agreeing results needed per unit.</summary>
    public required int Quorum { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When its first unit was handed out.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it reached its final state.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Work units in all, merges not counted.</summary>
    public required long UnitsTotal { get; init; }

    /// <summary>Work units with a valid result.</summary>
    public required long UnitsValidated { get; init; }

    /// <summary>Work units that failed for good.</summary>
    public required long UnitsFailed { get; init; }

    /// <summary>Work units held by an agent now.</summary>
    public required long UnitsRunning { get; init; }

    /// <summary>Work units that one member lost (silent, past the deadline) and another validated.</summary>
    public required long UnitsReassigned { get; init; }

    /// <summary>Merge units in all.</summary>
    public required long MergesTotal { get; init; }

    /// <summary>Merge units with a valid result.</summary>
    public required long MergesValidated { get; init; }

    /// <summary>The package, for who wants to see what ran.</summary>
    public required BlobId Package { get; init; }

    /// <summary>Bytes of the merged output, once there is one.</summary>
    public long? OutputBytes { get; init; }

    /// <summary>Media type of the output.</summary>
    public required string OutputType { get; init; }

    /// <summary>Why the job failed, for people; null unless it did.</summary>
    public string? Failure { get; init; }
}
