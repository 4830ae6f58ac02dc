using GridVolunteer.Cluster.Grains;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace GridVolunteer.Cluster.Silos;

/// <summary>The volunteers of this silo, for the others.</summary>
[Reentrant]
internal sealed class SiloRoster(GrainId id, Silo silo, ILoggerFactory loggers, SiloEngine engine)
    : GrainService(id, silo, loggers), ISiloRoster
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PeerView>> ListAsync(string? after, int limit) =>
        engine.Residents.ListAsync(after is null ? null : PeerId.Parse(after), limit);
}
