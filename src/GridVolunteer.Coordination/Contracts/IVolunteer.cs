using GridVolunteer.Coordination.Volunteers;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Contracts;

/// <summary>A volunteer, wherever it lives: in memory only, rebuilt from heartbeats.</summary>
public interface IVolunteer
{
    /// <summary>
    /// Takes a heartbeat, reconciles the grants with their shards, and answers which are void.
    /// </summary>
    ValueTask<HeartbeatAnswer> BeatAsync(Heartbeat heartbeat, CancellationToken cancellationToken);

    /// <summary>
    /// What a broker must know before an exchange: whether the volunteer is known, and the last answer if
    /// this is a retry.
    /// </summary>
    ValueTask<VolunteerBrief> BeginExchangeAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>Keeps the answer for a retry, notes new grants, learns from reports.</summary>
    ValueTask EndExchangeAsync(ExchangeRecord exchange, CancellationToken cancellationToken);

    /// <summary>
    /// A shard that was just loaded has grants of this volunteer; its silence counts from now.
    /// </summary>
    ValueTask ExpectAsync(ShardId shard, CancellationToken cancellationToken);

    /// <summary>Judges the silence; when the limit is passed, tells the shards.</summary>
    ValueTask TickAsync(CancellationToken cancellationToken);

    /// <summary>The volunteer as people see it, or null before its first heartbeat.</summary>
    ValueTask<PeerView?> ViewAsync(CancellationToken cancellationToken);
}
