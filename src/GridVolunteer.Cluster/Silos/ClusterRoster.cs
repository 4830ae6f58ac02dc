using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using Orleans.Runtime.Services;

namespace GridVolunteer.Cluster.Silos;

/// <summary>
/// The volunteers of all silos: each silo is asked for its own. One that does not answer is left out; its
/// volunteers are about to appear elsewhere.
/// </summary>
internal sealed class ClusterRoster(IServiceProvider services, ISiloStatusOracle silos)
    : GrainServiceClient<ISiloRoster>(services), IVolunteerRoster
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PeerView>> ListAsync(
        PeerId? after, int limit, CancellationToken cancellationToken)
    {
        var active = silos.GetApproximateSiloStatuses(onlyActive: true).Keys;
        var lists = await Task.WhenAll(active.Select(silo => ListAsync(silo, after, limit)));

        // While a volunteer moves it may be on two: the one heard later counts.
        return
        [
            .. lists.SelectMany(views => views)
                .GroupBy(view => view.Peer)
                .Select(views => views.MaxBy(view => view.LastHeartbeat)!)
                .OrderBy(view => (view.Peer.High, view.Peer.Low))
                .Take(limit),
        ];
    }

    private async Task<IReadOnlyList<PeerView>> ListAsync(SiloAddress silo, PeerId? after, int limit)
    {
        try
        {
            return await GetGrainService(silo).ListAsync(after?.ToString(), limit);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return []; // Recovered by leaving it out.
        }
    }
}
