using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Shards;

/// <summary>What a shard must know of its job; constant.</summary>
public sealed record ShardPlan
{
    /// <summary>The shard.</summary>
    public required ShardId Shard { get; init; }

    /// <summary>Its units, 1 to 65,536.</summary>
    public required int UnitCount { get; init; }

    /// <summary>Agreeing results that make a unit valid.</summary>
    public required int Quorum { get; init; }

    /// <summary>When two results agree.</summary>
    public required AgreementRule Agreement { get; init; }

    /// <summary>How long one unit may run.</summary>
    public required TimeSpan UnitTimeLimit { get; init; }

    /// <summary>
    /// True when the shard is the job's last level, whose only unit's result is the output.
    /// </summary>
    public required bool IsLastLevel { get; init; }

    /// <summary>A unit that failed on so many different agents has failed for good.</summary>
    public int FailuresMax { get; init; } = 5;
}
