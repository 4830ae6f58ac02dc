using GridVolunteer.Cluster.Silos;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cluster.Grains;

/// <summary>
/// A volunteer that is asked without a message where it lives on this silo, as it does whose agent keeps to it.
/// Heartbeats go by message, so that Orleans knows that the grain is in use. One that is let go of at this very moment
/// takes what it was told with it, as it would with its silo: the next heartbeat makes up for that.
/// </summary>
/// <param name="id">The volunteer.</param>
/// <param name="residents">Who lives on this silo.</param>
/// <param name="counts">Counts calls.</param>
/// <param name="far">The volunteer by message.</param>
internal sealed class NearVolunteer(
    PeerId id, SiloResidents residents, CallCounts counts, Func<IVolunteer> far) : IVolunteer
{
    /// <inheritdoc/>
    public ValueTask<HeartbeatAnswer> BeatAsync(Heartbeat heartbeat, CancellationToken cancellationToken) =>
        far().BeatAsync(heartbeat, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<VolunteerBrief> BeginExchangeAsync(string requestId, CancellationToken cancellationToken) =>
        AtHand() is { } volunteer
            ? volunteer.BeginExchangeAsync(requestId, cancellationToken)
            : far().BeginExchangeAsync(requestId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask EndExchangeAsync(ExchangeRecord exchange, CancellationToken cancellationToken) =>
        AtHand() is { } volunteer
            ? volunteer.EndExchangeAsync(exchange, cancellationToken)
            : far().EndExchangeAsync(exchange, cancellationToken);

    /// <inheritdoc/>
    public ValueTask ExpectAsync(ShardId shard, CancellationToken cancellationToken) =>
        far().ExpectAsync(shard, cancellationToken);

    /// <inheritdoc/>
    public ValueTask TickAsync(CancellationToken cancellationToken) => far().TickAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PeerView?> ViewAsync(CancellationToken cancellationToken) => far().ViewAsync(cancellationToken);

    private VolunteerHost? AtHand()
    {
        var volunteer = residents.Find(id);
        if (volunteer is not null)
        {
            counts.OnAtHand();
        }

        return volunteer;
    }
}
