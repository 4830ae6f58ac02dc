using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Contracts;

/// <summary>
/// Where entities are found, in this process or in a cluster. Resolving is free; a call does the work.
/// </summary>
public interface IGrid
{
    /// <summary>The register of jobs.</summary>
    ICatalog Catalog { get; }

    /// <summary>A job.</summary>
    IJob Job(JobId id);

    /// <summary>A work shard.</summary>
    IWorkShard Shard(ShardId id);

    /// <summary>A volunteer.</summary>
    IVolunteer Volunteer(PeerId id);
}
