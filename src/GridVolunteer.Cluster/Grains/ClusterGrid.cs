using GridVolunteer.Cluster.Silos;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cluster.Grains;

/// <summary>The grid of a cluster: every entity is a grain, on whichever silo it lives.</summary>
/// <param name="grains">Where grains are found.</param>
/// <param name="calls">Repeats what a dying silo swallowed.</param>
internal sealed class ClusterGrid(IGrainFactory grains, PatientCalls calls) : IGrid
{
    /// <inheritdoc/>
    public ICatalog Catalog => new PatientCatalog(
        grains.GetGrain<ICatalogGrain>(ICatalogGrain.TheKey), calls);

    /// <inheritdoc/>
    public IJob Job(JobId id) =>
        new PatientJob(grains.GetGrain<IJobGrain>(id.ToString()), calls);

    /// <inheritdoc/>
    public IWorkShard Shard(ShardId id) =>
        new PatientShard(grains.GetGrain<IWorkShardGrain>(id.ToString()), calls);

    /// <inheritdoc/>
    public IVolunteer Volunteer(PeerId id) =>
        new PatientVolunteer(grains.GetGrain<IVolunteerGrain>(id.ToString()), calls);
}
