using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Multicast;

/// <summary>
/// Reliable FIFO multicast among the members of one view, as long as it lasts. Each sender numbers its messages;
/// receivers acknowledge what they hold up to a number, and what beyond it in a bitmap; what is missing is asked
/// for, and anybody who holds it answers. A message is kept until it is known to be with everybody. A fixed
/// window of messages that are not yet with everybody is the flow control.
/// <para>
/// What happens when the view ends, so that all who go on have delivered the same, is
/// <see cref="GroupMember"/>'s: it freezes the channel, has it fetch up to the cut, and closes it.
/// </para>
/// </summary>
internal sealed partial class ViewChannel
{
    private const int ResendMessagesMax = 8;
    private const int NakMessagesMax = 32;
    private const int AcksOwedMax = 8;

    private readonly GroupOptions _options;
    private readonly GroupPost _post;
    private readonly Random _random;
    private readonly GroupFlaw _flaw;
    private readonly int _self;
    private readonly SenderLog[] _logs;
    private readonly AckMatrix _acks;
    private readonly MemberLink[] _links;

    private TimeSpan _repeatsAt = TimeSpan.MaxValue;
    private TimeSpan _stabilityAt = TimeSpan.MaxValue;
    private TimeSpan _linksAt = TimeSpan.MaxValue;
    private ulong _sequence;
    private ulong[]? _cut;

    public ViewChannel(
        View view, int self, GroupOptions options, GroupPost post, Random random, GroupFlaw flaw)
    {
        _flaw = flaw;
        View = view;
        _self = self;
        _options = options;
        _post = post;
        _random = random;
        var members = view.Members.Count;
        _logs = [.. Enumerable.Range(0, members).Select(_ => new SenderLog(options.WindowMessages))];
        _links = [.. Enumerable.Range(0, members).Select(_ => new MemberLink())];
        _acks = new AckMatrix(members);
        _links[self].IsHeard = true;
    }

    /// <summary>What the channel delivers, in order.</summary>
    public List<GroupEvent> Deliveries { get; } = [];

    public View View { get; }

    /// <summary>True from the first promise on: nothing is sent, received or delivered.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>True when one more message may be sent.</summary>
    public bool HasRoom => !IsFrozen && _sequence - _logs[_self].Stable < (ulong)_options.WindowMessages;

    /// <summary>True once everybody has been heard in this view: then nobody needs the one before.</summary>
    public bool AllHeard => Array.TrueForAll(_links, l => l.IsHeard);

    /// <summary>True once a member has been heard in this view.</summary>
    public bool HasHeard(int rank) => _links[rank].IsHeard;

    /// <summary>How many messages are kept.</summary>
    public int Kept => _logs.Sum(l => l.Kept);

    /// <summary>Everything up to this number of each rank's is held.</summary>
    public ulong[] Held => [.. _logs.Select(l => l.Contiguous)];

    /// <summary>When <see cref="Tick"/> is next to be called.</summary>
    public TimeSpan Due => _linksAt < _repeatsAt ? Earlier(_linksAt, _stabilityAt) : Earlier(_repeatsAt, _stabilityAt);

    /// <summary>Begins: says that the view is installed here, and asks whether it is everywhere.</summary>
    public void Open(TimeSpan now)
    {
        if (_links.Length > 1)
        {
            SendStatusToAll(wantsAnswer: true);
            _stabilityAt = now + _options.RepeatAfter;
        }
    }

    /// <summary>Sends a message to everybody, this member included. There must be room.</summary>
    public void Send(ReadOnlyMemory<byte> payload, bool isSafe, TimeSpan now)
    {
        var log = _logs[_self];
        log.Add(++_sequence, new StoredMessage(payload, isSafe) { SentAt = now });
        _acks.Update(_self, _self, _sequence, 0);
        WriteData(_self, _sequence, payload, isSafe);
        _post.SendToAll(View.Ids);
        for (var rank = 0; rank < _links.Length; rank++)
        {
            var link = _links[rank];
            if (rank != _self && link.ResendAt == TimeSpan.MaxValue)
            {
                link.ResendAt = now + ResendTimeout(link);
                _linksAt = Earlier(_linksAt, link.ResendAt);
            }
        }

        _repeatsAt = _links.Length > 1 ? now + _options.RepeatAfter : TimeSpan.MaxValue;
        NoteInstability(now);
        Stabilize();
        Deliver(ulong.MaxValue);
    }

    /// <summary>Reads and takes in a message of the view's.</summary>
    public void ReceiveData(int from, ref WireReader body, TimeSpan now)
    {
        var origin = body.ReadNumber(_logs.Length - 1);
        var sequence = body.ReadVarint();
        var stable = body.ReadVarint();
        var isSafe = body.ReadBoolean();
        var payload = body.ReadBytes(_options.PayloadSizeBytesMax);
        if (body.Failed || sequence == 0 || origin == _self)
        {
            // Its own messages nobody has to tell it.
            if (sequence == 0)
            {
                body.Fail();
            }

            return;
        }

        Hear(from);
        var log = _logs[origin];
        if (IsFrozen)
        {
            // Only what is needed for the cut: whatever else came now could not be with everybody.
            if (_cut is not null && sequence <= _cut[origin])
            {
                log.Add(sequence, new StoredMessage(payload.ToArray(), isSafe));
            }

            return;
        }

        var before = log.Contiguous;
        if (log.Add(sequence, new StoredMessage(payload.ToArray(), isSafe)) && log.Contiguous > before)
        {
            _acks.Update(_self, origin, log.Contiguous, 0);
            // Asking bears fruit: what else is missing is asked for soon.
            _links[origin].NaksSent = 0;
            _links[origin].NakAt = TimeSpan.MaxValue;
        }

        // One that was held already is acknowledged again: the receipt may have been lost.
        OweReceipt(origin, now);
        log.Stabilize(stable);
        NoteGap(origin, now);
        NoteInstability(now);
        Stabilize();
        Deliver(ulong.MaxValue);
    }

    /// <summary>Reads and takes in what a member holds.</summary>
    public void ReceiveStatus(int from, ref WireReader body, TimeSpan now)
    {
        var wantsAnswer = body.ReadBoolean();
        var sent = body.ReadVarint();
        var isNew = false;
        Span<ulong> held = stackalloc ulong[View.MembersMax];
        Span<ulong> bitmaps = stackalloc ulong[View.MembersMax];
        for (var origin = 0; origin < _logs.Length; origin++)
        {
            held[origin] = body.ReadVarint();
            bitmaps[origin] = body.ReadVarint();
        }

        if (body.Failed)
        {
            return;
        }

        Hear(from);
        for (var origin = 0; origin < _logs.Length; origin++)
        {
            // Nobody holds what this member has not sent.
            var most = origin == _self ? Math.Min(held[origin], _sequence) : held[origin];
            var before = _acks[from, origin];
            if (_acks.Update(from, origin, most, bitmaps[origin]) && origin == _self)
            {
                isNew = true;
                Measure(from, before, now);
            }
        }

        if (isNew)
        {
            ScheduleResend(from, now);
        }

        if (wantsAnswer)
        {
            SendStatus(from, wantsAnswer: false);
        }

        if (IsFrozen)
        {
            return;
        }

        _logs[from].Announce(sent);
        NoteGap(from, now);
        Stabilize();
        Deliver(ulong.MaxValue);
    }

    /// <summary>Reads what a member lacks, and sends it, whosever it is.</summary>
    public void ReceiveNak(int from, ref WireReader body)
    {
        var origin = body.ReadNumber(_logs.Length - 1);
        Span<ulong> missing = stackalloc ulong[NakMessagesMax];
        var count = body.ReadCount(NakMessagesMax);
        for (var i = 0; i < count; i++)
        {
            missing[i] = body.ReadVarint();
        }

        if (body.Failed)
        {
            return;
        }

        Hear(from);
        foreach (var sequence in missing[..count])
        {
            Resend(from, origin, sequence);
        }
    }

    /// <summary>Learns whether a process is thought dead.</summary>
    public void Mark(ProcessId id, bool isFailed)
    {
        if (View.RankOf(id) is >= 0 and var rank)
        {
            _links[rank].IsFailed = isFailed;
        }
    }

    private void Hear(int from) => _links[from].IsHeard = true;

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void Deliver(ulong limit)
    {
        if (IsFrozen)
        {
            return;
        }

        for (var origin = 0; origin < _logs.Length; origin++)
        {
            Deliver(origin, countsAsStable: false, limit);
        }
    }

    private void Deliver(int origin, bool countsAsStable, ulong limit)
    {
        var log = _logs[origin];
        while (log.TryDeliver(countsAsStable, limit, out var message))
        {
            Deliveries.Add(new GroupEvent.Delivered(
                View.Number, View.Members[origin], log.Delivered, message.IsSafe, message.Payload));
        }
    }

    private void Stabilize()
    {
        for (var origin = 0; origin < _logs.Length; origin++)
        {
            _logs[origin].Stabilize(_acks.Stable(origin));
        }
    }
}
