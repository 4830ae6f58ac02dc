using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordinator.Engine;

/// <summary>The volunteers of an embedded grid.</summary>
/// <param name="grid">The grid.</param>
public sealed class EmbeddedRoster(EmbeddedGrid grid) : IVolunteerRoster
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PeerView>> ListAsync(
        PeerId? after, int limit, CancellationToken cancellationToken)
    {
        var views = new List<PeerView>();
        foreach (var id in grid.Volunteers(after, int.MaxValue))
        {
            // One that shards expect but that was never heard has nothing to show.
            if (views.Count < limit && await grid.Volunteer(id).ViewAsync(cancellationToken) is { } view)
            {
                views.Add(view);
            }
        }

        return views;
    }
}
