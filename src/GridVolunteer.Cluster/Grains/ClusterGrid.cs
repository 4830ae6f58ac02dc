using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cluster.Grains;

/// <summary>The grid of a cluster: every entity is a grain, on whichever silo it lives.</summary>
/// <param name="grains">Where grains are found.</param>
internal sealed class ClusterGrid(IGrainFactory grains) : IGrid
{
    /// <inheritdoc/>
    public ICatalog Catalog => grains.GetGrain<ICatalogGrain>(ICatalogGrain.TheKey);

    /// <inheritdoc/>
    public IJob Job(JobId id) => grains.GetGrain<IJobGrain>(id.ToString());

    /// <inheritdoc/>
    public IWorkShard Shard(ShardId id) => grains.GetGrain<IWorkShardGrain>(id.ToString());

    /// <inheritdoc/>
    public IVolunteer Volunteer(PeerId id) => grains.GetGrain<IVolunteerGrain>(id.ToString());
}
