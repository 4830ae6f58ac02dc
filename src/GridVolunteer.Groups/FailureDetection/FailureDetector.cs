using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.FailureDetection;

/// <summary>
/// Tells which of the processes it watches are there: one detector for all groups of a process.
/// <para>
/// The protocol is SWIM (Das, Gupta, Motivala 2002) with Lifeguard (Dadgar, Phillips, Currey 2018). Each period
/// one process is pinged; if it does not answer in time, some others are asked to ping it, and a stream is tried.
/// If nothing comes of that it is suspect, and everybody is told. A suspect that hears of it refutes, by raising
/// its incarnation; one that does not is dead when its time is up. The more processes suspect it the shorter
/// that time, and whoever misses answers for its own fault gives everybody more. Claims travel on pings and
/// answers and in rounds of gossip; now and then two processes compare everything.
/// </para>
/// <para>
/// Differences from what others do: who holds a suspicion asks the suspect itself once a period, so that none
/// is buried because its refutation got lost; a relay says that it heard nothing early enough to be heard; a
/// send that fails on this machine counts as a failed probe; the dead are tried again for ever, so that a network
/// that was cut comes together again; a goodbye is signed; who stood still itself blames nobody for it.
/// Members may lie about others: whoever acts on a failure asks for more than one report.
/// </para>
/// </summary>
public sealed partial class FailureDetector : IProtocol<MembershipEvent>
{
    private const byte Version = 1;
    private const int MessageSizeBytesMax = 1 << 20;

    private readonly DetectorOptions _options;
    private readonly LocalProcess _self;
    private readonly IStatementSigner _signer;
    private readonly Random _random;
    private readonly DetectorFlaw _flaw;
    private readonly Roster _roster;
    private readonly GossipQueue _gossip = new();
    private readonly LocalHealth _health;
    private readonly RelayBook _relays = new();
    private readonly SentPings _pings = new();
    private readonly WireWriter _writer = new();
    private readonly List<MemberClaim> _claims = [];

    private bool _hasStarted;
    private TimeSpan _last;
    private TimeSpan _excusedAt;
    private TimeSpan _probesAt;
    private TimeSpan _gossipsAt;
    private TimeSpan _exchangesAt;
    private TimeSpan _peersDueAt = TimeSpan.MaxValue;
    private TimeSpan _remindsAt = TimeSpan.MaxValue;
    private uint _sequence;
    private Probe? _probe;
    private Goodbye? _goodbye;

    /// <summary>Makes a detector that watches nobody yet.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="self">The process it belongs to.</param>
    /// <param name="signer">Signs this process's goodbye and checks others'.</param>
    /// <param name="random">Randomness, from a seed of the host's.</param>
    /// <exception cref="ArgumentException">The options or the process are out of their ranges.</exception>
    public FailureDetector(DetectorOptions options, LocalProcess self, IStatementSigner signer, Random random)
        : this(options, self, signer, random, DetectorFlaw.None)
    {
    }

    internal FailureDetector(
        DetectorOptions options, LocalProcess self, IStatementSigner signer, Random random, DetectorFlaw flaw)
    {
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        if (self.Boot is 0 or > Incarnation.BootMax || self.Contact.Length > LocalProcess.ContactSizeBytesMax)
        {
            throw new ArgumentException(
                $"A boot counter is 1 to 2^48, a contact at most {LocalProcess.ContactSizeBytesMax} bytes.",
                nameof(self));
        }

        _options = options;
        _self = self;
        _signer = signer;
        _random = random;
        _flaw = flaw;
        _roster = new Roster(random);
        _health = new LocalHealth(options.HealthMultiplierMax);
        _sequence = (uint)random.Next(1, int.MaxValue);
        Incarnation = new Incarnation(self.Boot, 0);
    }

    /// <summary>This process's own incarnation; a host that counts boots keeps the greatest it sees here.</summary>
    public Incarnation Incarnation { get; private set; }

    /// <summary>How much this process doubts itself: 1 when all is well.</summary>
    public int HealthMultiplier => _health.Multiplier;

    /// <summary>Messages that were refused.</summary>
    public Refusals Refusals { get; } = new();

    /// <summary>The processes that are watched, in the order they became known.</summary>
    public IEnumerable<Member> Members => _roster.Peers.Select(p => p.ToMember());

    /// <inheritdoc/>
    public TimeSpan Due
    {
        get
        {
            if (!_hasStarted)
            {
                return TimeSpan.Zero;
            }

            var due = Min(Min(_peersDueAt, _remindsAt), _relays.Due);
            due = _goodbye switch
            {
                null => Min(due, Min(_probesAt, _exchangesAt)),
                { IsDone: false } => Min(due, Min(_goodbye.RepeatAt, _goodbye.EndsAt)),
                _ => due,
            };
            due = _probe is null ? due : Min(due, _probe.HasAsked ? _probe.EndsAt : _probe.AskAt);
            return _gossip.IsEmpty ? due : Min(due, _gossipsAt);
        }
    }

    /// <summary>What is known of a process; null when it is not watched.</summary>
    public Member? Find(ProcessId id) => _roster.TryFind(id, out var peer) ? peer.ToMember() : null;

    /// <summary>What is thought of a process; null when it is not watched.</summary>
    public MemberStatus? StatusOf(ProcessId id) => _roster.TryFind(id, out var peer) ? peer.Status : null;

    /// <summary>
    /// Watches a process from now on; it counts as alive until it fails. False, and nothing changes, when
    /// it is watched already, is this process itself, or would be one too many.
    /// </summary>
    public bool Watch(ProcessId id, ReadOnlyMemory<byte> contact, TimeSpan now, Output<MembershipEvent> output)
    {
        if (id == _self.Id || _roster.Count >= _options.MembersMax || _roster.TryFind(id, out _))
        {
            return false;
        }

        Advance(now);
        _roster.Add(new Peer(id, contact));
        SendDigest(id, output);
        return true;
    }

    /// <summary>Watches a process no longer, and forgets it; false when it was not watched.</summary>
    public bool Forget(ProcessId id)
    {
        _gossip.Remove(id);
        _goodbye?.Waiting.Remove(id);
        _probe = _probe?.Target.Id == id ? null : _probe;
        return _roster.Remove(id);
    }

    /// <summary>
    /// Says goodbye: everybody present is told until they acknowledge it or
    /// <see cref="DetectorOptions.GoodbyeTimeout"/> is over; then comes <see cref="MembershipChange.Departed"/>.
    /// Those thought dead are told for a quarter of that: they may have come back without this process having heard.
    /// Until then the process must go on answering. There is no way back but a new start.
    /// </summary>
    public void Leave(TimeSpan now, Output<MembershipEvent> output)
    {
        if (_goodbye is not null)
        {
            return;
        }

        now = Advance(now);
        var signature = _signer.Sign(MemberClaim.GoodbyeStatement(_self.Id, Incarnation));
        var claim = new MemberClaim(_self.Id, Incarnation, MemberStatus.Left, _self.Id, signature);
        _goodbye = new Goodbye(
            claim,
            [.. _roster.Peers.Where(p => p.Status != MemberStatus.Left).Select(p => p.Id)],
            endsAt: now + _options.GoodbyeTimeout,
            deadUntil: now + (_options.GoodbyeTimeout * GoodbyeShareForDead))
        { RepeatAt = now };
        _probe = null;
        Spread(claim);
        Work(now, output);
    }

    /// <summary>
    /// Learns that a send to a process failed on this machine: that counts as a failed probe of it.
    /// </summary>
    public void SendFailed(ProcessId to, TimeSpan now, Output<MembershipEvent> output)
    {
        now = Advance(now);
        if (_probe is { HasAsked: false } probe && probe.Target.Id == to)
        {
            if (_flaw == DetectorFlaw.IgnoresSendFailures)
            {
                _probe = null;
                return;
            }

            probe.AskAt = now;
            Work(now, output);
        }
        else if (_flaw != DetectorFlaw.IgnoresSendFailures
            && _probe?.Target.Id != to && _roster.TryFind(to, out var peer) && peer.IsPresent)
        {
            _roster.ProbeNext(peer);
        }
    }

    /// <inheritdoc/>
    public void Tick(TimeSpan now, Output<MembershipEvent> output) => Work(Advance(now), output);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void Work(TimeSpan now, Output<MembershipEvent> output)
    {
        if (_goodbye is null)
        {
            SeeToProbe(now, output);
            SeeToExchange(now, output);
        }
        else
        {
            SeeToGoodbye(now, output);
        }

        SeeToRelays(now, output);
        SeeToPeers(now, output);
        RemindSuspects(now, output);
        SeeToGossip(now, output);
    }

    /// <summary>
    /// Takes in the time. If this process has stood still it blames nobody for it: whoever is waited for gets
    /// the lost time on top.
    /// </summary>
    private TimeSpan Advance(TimeSpan now)
    {
        now = now > _last ? now : _last;
        if (!_hasStarted)
        {
            _hasStarted = true;
            _probesAt = now + (_options.Period * _random.NextDouble());
            _gossipsAt = now;
            ScheduleExchange(now);
            Spread(SelfClaim());
        }
        else if (now - Max(Due, _excusedAt) is var late && late > _options.Period * 2)
        {
            _excusedAt = now;
            StoodStill(late);
        }

        _last = now;
        return now;
    }

    private void StoodStill(TimeSpan late)
    {
        _health.Worsen();
        foreach (var peer in _roster.Peers)
        {
            peer.Suspicion?.Postpone(late);
        }

        _peersDueAt = _peersDueAt == TimeSpan.MaxValue ? TimeSpan.MaxValue : _peersDueAt + late;
        if (_probe is { } probe)
        {
            probe.AskAt += late;
            probe.EndsAt += late;
            _probesAt += late;
        }
    }

    private MemberClaim SelfClaim() =>
        _goodbye?.Claim ?? new MemberClaim(_self.Id, Incarnation, MemberStatus.Alive, _self.Id, _self.Contact);
}
