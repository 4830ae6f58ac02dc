using GridVolunteer.Cluster.Hosting;
using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using Orleans.Concurrency;
using Orleans.Placement;

namespace GridVolunteer.Cluster.Grains;

/// <summary>
/// A volunteer. It keeps nothing on disk: when its silo goes, the next heartbeat builds it anew elsewhere, and
/// shards that hold grants of it say so (<see cref="Silos.LossWatch"/>). It lives where its agent first came: an
/// agent keeps to a silo as long as its connection or the gateway does, so exchanges find it at hand.
/// <para>One that is heard no more is kept until its silence was judged and its shards were told, whatever the age at
/// which idle grains go: nobody else would miss it.</para>
/// </summary>
[Reentrant]
[PreferLocalPlacement]
internal sealed class VolunteerGrain : Grain, IVolunteerGrain
{
    private readonly SiloEngine _silo;
    private readonly PeerId _id;
    private readonly VolunteerHost _volunteer;
    private readonly TimeSpan _kept;

    /// <summary>The volunteer of the grain's key.</summary>
    public VolunteerGrain(IGrainContext context, SiloEngine silo)
    {
        _silo = silo;
        _id = PeerId.Parse(context.GrainId.Key.ToString()!);
        _volunteer = new VolunteerHost(_id, silo.Volunteers, silo.Grid, silo.Engine.Services);
        _kept = silo.Volunteers.HeartbeatLimit + SiloSetup.IdleAge; // Shards that cannot be told are told again.
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _silo.Residents.Enter(_id, _volunteer);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _silo.Residents.Leave(_id, _volunteer);
        _silo.Engine.Services.Ticks.Forget(_volunteer);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<HeartbeatAnswer> BeatAsync(Heartbeat heartbeat, CancellationToken cancellationToken)
    {
        DelayDeactivation(_kept);
        return _volunteer.BeatAsync(heartbeat, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<VolunteerBrief> BeginExchangeAsync(string requestId, CancellationToken cancellationToken) =>
        _volunteer.BeginExchangeAsync(requestId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask EndExchangeAsync(ExchangeRecord exchange, CancellationToken cancellationToken) =>
        _volunteer.EndExchangeAsync(exchange, cancellationToken);

    /// <inheritdoc/>
    public ValueTask ExpectAsync(ShardId shard, CancellationToken cancellationToken)
    {
        DelayDeactivation(_kept);
        return _volunteer.ExpectAsync(shard, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask TickAsync(CancellationToken cancellationToken) => _volunteer.TickAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PeerView?> ViewAsync(CancellationToken cancellationToken) =>
        _volunteer.ViewAsync(cancellationToken);
}
