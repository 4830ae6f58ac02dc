using GridVolunteer.Protocol.Agents;
using Orleans.Services;

namespace GridVolunteer.Cluster.Silos;

/// <summary>Tells the other silos which volunteers live on this one; one on each silo.</summary>
internal interface ISiloRoster : IGrainService
{
    /// <summary>
    /// Those with an id above <paramref name="after"/> (null: from the first), by id, at most
    /// <paramref name="limit"/>.
    /// </summary>
    ValueTask<IReadOnlyList<PeerView>> ListAsync(string? after, int limit);
}
