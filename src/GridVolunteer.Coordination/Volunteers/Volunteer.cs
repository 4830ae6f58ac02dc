using GridVolunteer.Coordination.Shards;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Volunteers;

/// <summary>
/// What the coordinator knows of one volunteer: whether it lives, which grants it holds, how fast it is. It
/// lives in memory and is rebuilt from heartbeats. Invariants: a shard that has live grants of a silent or
/// gone volunteer is told of it, once a silence; a heartbeat cancels that; and a grant that the agent no
/// longer has returns to its shard, while one that may still be on its way to the agent does not.
/// </summary>
/// <remarks>
/// An answer and a heartbeat can cross. A heartbeat names the request whose answer the agent processed last;
/// requests for work are numbered in the order of their answers, and an agent has one open at a time. So a
/// grant that came with that answer or an earlier one has arrived, and is dropped if the heartbeat does not
/// list it; a later one may be on its way and is kept. Where the request is not known (the agent or the
/// coordinator restarted), a grant is dropped if earlier heartbeats listed it and those of a whole interval
/// do not. And whatever heartbeats fail to list for as long as the limit is dropped: neither an answer nor a
/// heartbeat travels half as long. Both take three heartbeats, for one or two may be old ones that were
/// delayed. Where that is not enough a unit is computed twice; nothing is lost.
/// </remarks>
public sealed partial class Volunteer
{
    /// <summary>Grants a heartbeat may list; the API refuses more.</summary>
    public const int GrantsMax = 16_384;

    private const int FinishedMax = 256;
    private const int MissesMin = 3;

    private static readonly TimeSpan GoneKept = TimeSpan.FromHours(1);
    private static readonly TimeSpan SilentKept = TimeSpan.FromHours(24);

    private readonly PeerId _peer;
    private readonly VolunteerOptions _options;
    private readonly Dictionary<ShardId, HeldShard> _shards = [];
    private readonly ExchangeMemory _exchanges = new();
    private readonly RecentGrants _finished = new(FinishedMax);
    private EstimateBook _estimates = EstimateBook.Empty;
    private HostFacts? _host;
    private string _name = "";
    private DateTimeOffset? _lastHeard;
    private DateTimeOffset _lastHeartbeat;
    private DateTimeOffset? _retryAt;
    private long _unitsAccepted;
    private long _unitsFailed;

    /// <summary>A volunteer not heard from yet.</summary>
    public Volunteer(PeerId peer, VolunteerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _peer = peer;
        _options = options;
    }

    /// <summary>Whether it lives.</summary>
    public VolunteerState State { get; private set; }

    /// <summary>When its silence should next be judged, or null when that would change nothing.</summary>
    public DateTimeOffset? NextTick => State switch
    {
        VolunteerState.Silent or VolunteerState.Gone =>
            _shards.Values.Any(s => !s.IsTold) ? _retryAt ?? _lastHeard : null,
        _ => _lastHeard + _options.HeartbeatLimit,
    };

    /// <summary>
    /// A shard that was just loaded has grants of this volunteer; its silence counts from now if it was not
    /// heard yet.
    /// </summary>
    public void Expect(ShardId shard, DateTimeOffset now)
    {
        _lastHeard ??= now;
        var held = Shard(shard, now);
        held.IsUnsure = true;
        held.IsTold = false;
    }

    /// <summary>Judges the silence.</summary>
    public VolunteerOutcome Tick(DateTimeOffset now)
    {
        GridEvent? change = null;
        if (State is VolunteerState.Awaited or VolunteerState.Alive
            && now >= _lastHeard + _options.HeartbeatLimit)
        {
            change = Become(VolunteerState.Silent, now);
        }

        var duties = State is VolunteerState.Silent or VolunteerState.Gone ? TellLoss() : [];
        return VolunteerOutcome.Of(duties, change);
    }

    /// <summary>
    /// A duty could not be carried out: it comes again with the next heartbeat or, when a loss is to be told,
    /// with a tick an interval from now (<see cref="NextTick"/>).
    /// </summary>
    public void Undone(VolunteerDuty duty, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(duty);
        var held = Shard(duty.Shard, now);
        held.IsUnsure = true;
        held.IsTold = duty is ReconcileDuty && held.IsTold;
        _retryAt = now + _options.HeartbeatInterval;
    }

    /// <summary>The volunteer as people see it, or null before its first heartbeat.</summary>
    public PeerView? View() => _host is null ? null : new PeerView
    {
        Peer = _peer,
        Name = _name,
        State = Word(State),
        LastHeartbeat = _lastHeartbeat,
        Host = _host,
        UnitsHeld = _shards.Values.Sum(s => s.Grants.Values.Sum(g => g.UnitsOutstanding ?? 0)),
        UnitsAccepted = _unitsAccepted,
        UnitsFailed = _unitsFailed,
    };

    /// <summary>
    /// True when a host may drop this entity to save memory: gone for an hour or silent for a day, and every
    /// shard told. Should the volunteer come back, its heartbeat builds it anew.
    /// </summary>
    public bool IsForgettable(DateTimeOffset now) => State switch
    {
        VolunteerState.Gone => _shards.Count == 0 && now >= _lastHeard + GoneKept,
        VolunteerState.Silent => _shards.Values.All(s => s.IsTold) && now >= _lastHeard + SilentKept,
        VolunteerState.Awaited => _lastHeard is null,
        _ => false,
    };

    private List<VolunteerDuty> TellLoss()
    {
        var reason = State == VolunteerState.Gone ? LossReason.Goodbye : LossReason.Silent;
        var duties = new List<VolunteerDuty>();
        _retryAt = null;
        foreach (var (id, shard) in _shards)
        {
            if (!shard.IsTold)
            {
                shard.IsTold = true;
                duties.Add(new LoseDuty(id, reason));
            }
        }

        if (State == VolunteerState.Gone)
        {
            // It gave everything back, so there is nothing to expect of it; a silent one may come back with
            // its work.
            _shards.Clear();
        }

        return duties;
    }

    private GridEvent? Become(VolunteerState state, DateTimeOffset now)
    {
        if (State == state)
        {
            return null;
        }

        State = state;
        foreach (var grant in _shards.Values.SelectMany(s => s.Grants.Values))
        {
            // Heartbeats that could not come are not heartbeats that fail to list a grant.
            grant.Found();
        }

        return new GridEvent { Kind = "peer", At = now, Peer = _peer, State = Word(state) };
    }

    private HeldShard Shard(ShardId id, DateTimeOffset now)
    {
        if (!_shards.TryGetValue(id, out var shard))
        {
            _shards.Add(id, shard = new HeldShard(now));
        }

        return shard;
    }

    private static string Word(VolunteerState state) => state switch
    {
        VolunteerState.Awaited => "awaited",
        VolunteerState.Alive => "alive",
        VolunteerState.Silent => "silent",
        VolunteerState.Gone => "gone",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "not a volunteer's state"),
    };
}
