using GridVolunteer.Cluster.Grains;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace GridVolunteer.Cluster.Silos;

/// <summary>
/// The volunteers of this silo, for the others. What Orleans would log of it, which part of a ring it serves, does
/// not matter: each is asked for its own.
/// </summary>
[Reentrant]
internal sealed class SiloRoster(GrainId id, Silo silo, SiloEngine engine)
    : GrainService(id, silo, NullLoggerFactory.Instance), ISiloRoster
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PeerView>> ListAsync(string? after, int limit) =>
        engine.Residents.ListAsync(after is null ? null : PeerId.Parse(after), limit);
}
