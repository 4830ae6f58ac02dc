using GridVolunteer.Cluster.Silos;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cluster.Grains;

/// <summary>The grid of a cluster: every entity is a grain, on whichever silo it lives.</summary>
/// <param name="grains">Where grains are found.</param>
/// <param name="calls">Repeats what a dying silo swallowed.</param>
/// <param name="openings">Has shards live where they are asked for.</param>
/// <param name="residents">Who lives on this silo, and so needs no message.</param>
/// <param name="counts">Counts calls.</param>
internal sealed class ClusterGrid(
    IGrainFactory grains, PatientCalls calls, OpeningHints openings, SiloResidents residents, CallCounts counts) : IGrid
{
    /// <inheritdoc/>
    public ICatalog Catalog => new PatientCatalog(
        grains.GetGrain<ICatalogGrain>(ICatalogGrain.TheKey), calls);

    /// <inheritdoc/>
    public IJob Job(JobId id) =>
        new PatientJob(grains.GetGrain<IJobGrain>(id.ToString()), calls, openings);

    /// <inheritdoc/>
    public IWorkShard Shard(ShardId id) => new NearShard(
        id, residents, counts, () => new PatientShard(
            grains.GetGrain<IWorkShardGrain>(id.ToString()), id, calls, openings));

    /// <inheritdoc/>
    public IVolunteer Volunteer(PeerId id) => new NearVolunteer(
        id, residents, counts, () => new PatientVolunteer(
            grains.GetGrain<IVolunteerGrain>(id.ToString()), calls));
}
