using GridVolunteer.Cluster.Silos;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Cluster.Grains;

/// <summary>A volunteer as its callers see it, wherever it lives or moves to.</summary>
internal sealed class PatientVolunteer(IVolunteerGrain grain, PatientCalls calls) : IVolunteer
{
    /// <inheritdoc/>
    public ValueTask<HeartbeatAnswer> BeatAsync(Heartbeat heartbeat, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, (heartbeat, cancellationToken),
            static (volunteer, a) => volunteer.BeatAsync(a.heartbeat, a.cancellationToken));

    /// <inheritdoc/>
    public ValueTask<VolunteerBrief> BeginExchangeAsync(string requestId, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, (requestId, cancellationToken),
            static (volunteer, a) => volunteer.BeginExchangeAsync(a.requestId, a.cancellationToken));

    /// <inheritdoc/>
    public ValueTask EndExchangeAsync(ExchangeRecord exchange, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, (exchange, cancellationToken),
            static (volunteer, a) => volunteer.EndExchangeAsync(a.exchange, a.cancellationToken));

    /// <inheritdoc/>
    public ValueTask ExpectAsync(ShardId shard, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, (shard, cancellationToken),
            static (volunteer, a) => volunteer.ExpectAsync(a.shard, a.cancellationToken));

    /// <inheritdoc/>
    public ValueTask TickAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, cancellationToken, static (volunteer, token) => volunteer.TickAsync(token));

    /// <inheritdoc/>
    public ValueTask<PeerView?> ViewAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, cancellationToken, static (volunteer, token) => volunteer.ViewAsync(token));
}
