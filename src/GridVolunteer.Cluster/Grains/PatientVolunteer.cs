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
            grain, heartbeat,
            static (volunteer, heartbeat, token) => volunteer.BeatAsync(heartbeat, token),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<VolunteerBrief> BeginExchangeAsync(string requestId, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, requestId,
            static (volunteer, requestId, token) => volunteer.BeginExchangeAsync(requestId, token),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask EndExchangeAsync(ExchangeRecord exchange, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, exchange,
            static (volunteer, exchange, token) => volunteer.EndExchangeAsync(exchange, token),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask ExpectAsync(ShardId shard, CancellationToken cancellationToken) =>
        calls.CallAsync(
            grain, shard,
            static (volunteer, shard, token) => volunteer.ExpectAsync(shard, token),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask TickAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, 0, static (volunteer, _, token) => volunteer.TickAsync(token), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PeerView?> ViewAsync(CancellationToken cancellationToken) =>
        calls.CallAsync(grain, 0, static (volunteer, _, token) => volunteer.ViewAsync(token), cancellationToken);
}
