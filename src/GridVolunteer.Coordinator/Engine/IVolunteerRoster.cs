using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>The volunteers that have been heard, wherever they live.</summary>
public interface IVolunteerRoster
{
    /// <summary>
    /// Volunteers with an id above <paramref name="after"/> (null: from the first), by id, at most
    /// <paramref name="limit"/>.
    /// </summary>
    ValueTask<IReadOnlyList<PeerView>> ListAsync(
        PeerId? after, int limit, CancellationToken cancellationToken);
}
