using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Jobs;

/// <summary>
/// A job as brokers and the API need it. The counters are those of closed shards; the open ones are asked.
/// </summary>
public sealed record JobSnapshot
{
    /// <summary>The job.</summary>
    public required JobId Id { get; init; }

    /// <summary>As it was submitted.</summary>
    public required JobSubmission Submission { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required JobState State { get; init; }

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When its first shard opened.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it reached its final state.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The level at work: 0 while units are computed, then merges.</summary>
    public required int Level { get; init; }

    /// <summary>Shards of the level at work that are open.</summary>
    public required IReadOnlyList<ShardPlan> OpenShards { get; init; }

    /// <summary>Shards of the level at work that were never opened.</summary>
    public required int ShardsUnopened { get; init; }

    /// <summary>Work units validated in closed shards.</summary>
    public required long UnitsValidated { get; init; }

    /// <summary>Work units failed in closed shards.</summary>
    public required long UnitsFailed { get; init; }

    /// <summary>Work units reassigned in closed shards.</summary>
    public required long UnitsReassigned { get; init; }

    /// <summary>Merge units in all.</summary>
    public required long MergesTotal { get; init; }

    /// <summary>Merge units validated in closed shards.</summary>
    public required long MergesValidated { get; init; }

    /// <summary>
    /// Where the output lies once the job completed with one: shard of the last level and place in it.
    /// </summary>
    public CanonicalRun? Output { get; init; }

    /// <summary>The shard the output lies in.</summary>
    public ShardId? OutputShard { get; init; }

    /// <summary>Why the job failed.</summary>
    public string? Failure { get; init; }
}
