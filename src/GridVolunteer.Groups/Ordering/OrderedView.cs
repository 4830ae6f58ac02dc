using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// The order inside one view of a group: who has proposed a place for what, and what therefore has one. The place of a
/// frame is the greatest proposal of the members, and no lower than that of the view itself and of the sender's frame
/// before it: so it stays when those whose proposals were high are gone.
/// </summary>
internal sealed class OrderedView
{
    /// <summary>How far ahead of what has come a proposal may be; no window is larger.</summary>
    private const ulong AheadMax = 8_192;

    private readonly OrderQueue _queue;
    private readonly OrderClock _clock;
    private readonly OrderFlaw _flaw;
    private readonly OpenItems[] _open;
    private readonly ulong[] _floors;
    private readonly ulong[] _received;
    private readonly ulong[] _lastClocks;
    private readonly bool[] _isGone;
    private readonly bool[] _hasCaughtUp;
    private readonly bool[] _hasPlaced;
    private readonly bool[] _isFull;
    private readonly List<JointCopy> _timedJoints = [];

    // By proposer, then sender: up to which frame it has proposed, which ordinal is its next, and what it proposed for
    // frames that have not come yet.
    private readonly ulong[,] _proposedUpTo;
    private readonly int[,] _nextOrdinals;
    private readonly Queue<(ulong UpTo, ulong Value)>?[,] _early;

    // By reporter, then sender: the number of the last joint message of which the place in this group is known there.
    private ulong[,]? _sureUpTo;

    public OrderedView(
        OrderedGroup group, View view, int self, OrderQueue queue, OrderClock clock, OrderFlaw flaw)
    {
        Group = group;
        View = view;
        Self = self;
        _queue = queue;
        _clock = clock;
        _flaw = flaw;
        var members = view.Members.Count;
        _open = [.. Enumerable.Range(0, members).Select(_ => new OpenItems())];
        _floors = new ulong[members];
        _received = new ulong[members];
        _lastClocks = new ulong[members];
        _isGone = new bool[members];
        _hasCaughtUp = new bool[members];
        _hasPlaced = new bool[members];
        _isFull = new bool[members];
        _proposedUpTo = new ulong[members, members];
        _nextOrdinals = new int[members, members];
        _early = new Queue<(ulong, ulong)>?[members, members];
        Wanted = new ulong[members];
        Plain = new PlainOrder(this, members);
        Start = new OrderItem(this, rank: -1, sequence: 0) { Awaited = members };
    }

    public OrderedGroup Group { get; }

    public View View { get; }

    public ulong Number => View.Number;

    /// <summary>This process's rank.</summary>
    public int Self { get; }

    /// <summary>The view itself, as something that has a place in the order.</summary>
    public OrderItem Start { get; }

    public IReadOnlyList<MemberLife> Joined { get; init; } = [];

    public IReadOnlyList<MemberLife> Gone { get; init; } = [];

    /// <summary>True once the view was told to whoever stands above.</summary>
    public bool HasBegun { get; set; }

    /// <summary>True once a later view was agreed on: nothing more is sent in this one.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Messages that need no place.</summary>
    public PlainOrder Plain { get; }

    /// <summary>By sender, the last frame that wants a proposal or a receipt.</summary>
    public ulong[] Wanted { get; }

    /// <summary>How much of what needs a place is not delivered yet, the view itself included.</summary>
    public int Undelivered { get; set; } = 1;

    public bool IsGone(int rank) => _isGone[rank];

    /// <summary>True once a member has sent something in this view.</summary>
    public bool HasSpoken(int rank) => _lastClocks[rank] > 0;

    /// <summary>Everything a member sends from now on is above this.</summary>
    public ulong ClockOf(int rank) => _lastClocks[rank];

    /// <summary>True when a member has proposed a place for, or receipted, a sender's frame.</summary>
    public bool HasReceipt(int rank, int sender, ulong sequence) =>
        rank == sender || _isGone[rank] || IsOver || _proposedUpTo[rank, sender] >= sequence;

    public ulong ProposedUpTo(int rank, int sender) => _proposedUpTo[rank, sender];

    /// <summary>True when a member has said that too much waits there.</summary>
    public bool IsFull(int rank) => _isFull[rank];

    /// <summary>True when nobody has: messages may be sent.</summary>
    public bool TakesMessages => !_isFull.AsSpan().Contains(true);

    public void NoteFull(int rank, bool isFull) => _isFull[rank] = isFull;

    /// <summary>True once a member has proposed a place for the view itself.</summary>
    public bool HasPlaced(int rank) => _hasPlaced[rank];

    /// <summary>
    /// A member's frame has come: its clock is shown, and the view itself has its proposal, unless the member still waits for
    /// the place of a joint message of the view before: then a later frame is.
    /// </summary>
    public void Speak(int rank, ulong sequence, ulong clock, bool holdsView)
    {
        _received[rank] = sequence;
        _lastClocks[rank] = clock;
        PlaceView(rank, clock, holdsView);
    }

    /// <summary>
    /// A member has spoken in a later view: that is its proposal for everything in this one which has none of it.
    /// </summary>
    public void CatchUp(int rank, ulong clock, bool holdsView)
    {
        if (_isGone[rank])
        {
            return;
        }

        PlaceView(rank, clock, holdsView);
        if (_hasCaughtUp[rank])
        {
            return;
        }

        _hasCaughtUp[rank] = true;

        for (var sender = 0; sender < _open.Length; sender++)
        {
            var open = _open[sender];
            for (var i = Math.Max(0, _nextOrdinals[rank, sender] - open.FirstOrdinal); i < open.Count; i++)
            {
                Propose(open[i], rank, clock);
            }
        }
    }

    /// <summary>A member proposes a place for all of a sender's frames up to one; false when that cannot be.</summary>
    public bool Propose(int rank, Receipt receipt, ulong clock)
    {
        var sender = receipt.Rank;
        if (sender >= _open.Length || sender == rank || receipt.UpTo > _received[sender] + AheadMax)
        {
            return false;
        }

        if (receipt.UpTo <= _proposedUpTo[rank, sender])
        {
            return true;
        }

        _proposedUpTo[rank, sender] = receipt.UpTo;
        var open = _open[sender];
        var next = Math.Max(_nextOrdinals[rank, sender], open.FirstOrdinal);
        while (next - open.FirstOrdinal < open.Count && open[next - open.FirstOrdinal].Sequence <= receipt.UpTo)
        {
            Propose(open[next - open.FirstOrdinal], rank, clock);
            next++;
        }

        _nextOrdinals[rank, sender] = next;
        if (receipt.UpTo > _received[sender])
        {
            var early = _early[rank, sender] ??= new Queue<(ulong, ulong)>();
            while (early.TryPeek(out var past) && past.UpTo <= _received[sender])
            {
                early.Dequeue();
            }

            early.Enqueue((receipt.UpTo, clock));
        }

        return true;
    }

    /// <summary>A frame with messages in total order has come; its sender's clock is its proposal.</summary>
    public void Add(OrderItem item, ulong clock)
    {
        var sender = item.Rank;
        var open = _open[sender];
        _proposedUpTo[sender, sender] = item.Sequence;
        Undelivered++;
        open.Add(item);
        if (item.Joint is { } joint)
        {
            Group.Joints.Add(joint);
        }

        item.Awaited = 0;
        var ordinal = open.FirstOrdinal + open.Count;
        Note(item, sender, clock);
        for (var rank = 0; rank < _open.Length; rank++)
        {
            if (rank == sender)
            {
                _nextOrdinals[rank, sender] = ordinal;
            }
            else if (_proposedUpTo[rank, sender] >= item.Sequence)
            {
                _nextOrdinals[rank, sender] = ordinal;
                Note(item, rank, EarlyProposal(rank, sender, item.Sequence));
            }
            else if (!_isGone[rank])
            {
                item.Awaited++;
            }
        }
    }

    /// <summary>A frame with time-stamped messages has come: its stamp is its place.</summary>
    public void AddTimed(OrderItem item, ulong clock)
    {
        Undelivered++;
        if (item.Joint is { } joint)
        {
            item.Own = clock;
            _timedJoints.Add(joint);
            Group.Joints.Add(joint);
            _queue.Hold(item);
        }
        else
        {
            Place(item, clock, phase: (2 * Number) + 1);
        }
    }

    /// <summary>A member knows the place that this group gives to a sender's joint message.</summary>
    public void NoteSure(int rank, JointId copy)
    {
        if (copy.Rank < _open.Length)
        {
            _sureUpTo ??= new ulong[_open.Length, _open.Length];
            _sureUpTo[rank, copy.Rank] = Math.Max(_sureUpTo[rank, copy.Rank], copy.Number);
        }
    }

    /// <summary>A later view was agreed on: those who are not in it are waited for no longer.</summary>
    public void Follow(View next)
    {
        IsOver = true;
        for (var rank = 0; rank < _open.Length; rank++)
        {
            _isGone[rank] |= next.RankOf(View.Members[rank]) < 0;
        }

        Forget();
        Start.Awaited = Start.IsFinal ? 0 : CountMissing(r => !_hasPlaced[r]);
        for (var sender = 0; sender < _open.Length; sender++)
        {
            for (var i = 0; i < _open[sender].Count; i++)
            {
                var item = _open[sender][i];
                item.Awaited = CountMissing(r => !_hasCaughtUp[r] && _proposedUpTo[r, sender] < item.Sequence);
            }
        }
    }

    /// <summary>Gives what all have proposed for its place.</summary>
    public void Settle()
    {
        SettleTimed();
        if (!Start.IsFinal)
        {
            if (Start.Awaited > 0)
            {
                return;
            }

            Place(Start, Start.Proposed, phase: 2 * Number);
            Array.Fill(_floors, Start.Proposed);
        }

        for (var sender = 0; sender < _open.Length; sender++)
        {
            var open = _open[sender];
            while (open.Count > 0 && (open[0].Awaited == 0 || IsNaivelyFinal(open[0])))
            {
                var item = open[0];
                var place = Math.Max(item.Proposed, _floors[sender]);
                if (item.Joint is { } joint)
                {
                    // One above, so that whatever the sender sent before it in any of the groups stands below it.
                    if (!TrySettle(joint, place + 1))
                    {
                        break;
                    }

                    open.RemoveFirst();
                    _floors[sender] = item.IsFinal ? item.Stamp.Time + 1 : place;
                }
                else
                {
                    open.RemoveFirst();
                    _floors[sender] = place;
                    Place(item, place, phase: (2 * Number) + 1);
                }
            }
        }
    }

    private void SettleTimed()
    {
        // No lambda: this runs for each frame that comes.
        for (var i = 0; i < _timedJoints.Count; i++)
        {
            if (TrySettle(_timedJoints[i], _timedJoints[i].Item.Own))
            {
                _timedJoints.RemoveAt(i--);
            }
        }
    }

    /// <summary>
    /// Gives a joint message its one place, the greatest of those its groups give it, or learns that it is void; false
    /// while neither is known.
    /// </summary>
    private bool TrySettle(JointCopy joint, ulong place)
    {
        var item = joint.Item;
        if (joint.Place == 0)
        {
            joint.Place = place;
            Group.OwedSure.Add(joint.Id);
        }

        if (!joint.IsSure && (_flaw == OrderFlaw.JointUnsure || IsSureEverywhere(joint)))
        {
            joint.IsSure = true;
            Group.Records.Add(joint, joint.Place);
        }

        if (joint.Verdict == 0)
        {
            item.IsVoid = true;
            Group.Records.Add(joint, 0);
            Undelivered--;
            Group.Outstanding -= item.Rank == Self ? item.Messages.Length : 0;
            Group.BacklogSizeBytes -= FrameMessage.SizeBytesOf(item.Messages.AsSpan(item.Delivered));
        }
        else if (_flaw == OrderFlaw.JointAlone)
        {
            Place(item, joint.Place, phase: (2 * Number) + 1);
        }
        else if (joint.IsSure && joint.Verdict is { } others)
        {
            var first = joint.Groups[0];
            var time = item.IsTimed ? item.Own : Math.Max(joint.Place, others);
            Place(item, new OrderStamp(time, first.Group, (2 * first.View) + 1, first.Rank, joint.Number));
        }
        else
        {
            return false;
        }

        Group.Joints.Remove(joint);
        return true;
    }

    private bool IsSureEverywhere(JointCopy joint)
    {
        for (var rank = 0; rank < _open.Length; rank++)
        {
            if (rank != Self && !_isGone[rank] && !(_sureUpTo?[rank, joint.Item.Rank] >= joint.Number))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The mistake of some to leave out what those who are gone have proposed.</summary>
    private void Forget()
    {
        if (_flaw != OrderFlaw.GoneForgotten || Self % 2 == 1)
        {
            return;
        }

        foreach (var open in _open)
        {
            for (var i = 0; i < open.Count; i++)
            {
                open[i].Proposed = Math.Max(open[i].Own, 1);
            }
        }
    }

    private bool IsNaivelyFinal(OrderItem item) =>
        _flaw == OrderFlaw.Naive && item.Own > 0 && item.Awaited <= _open.Length / 2;

    private void PlaceView(int rank, ulong clock, bool holdsView)
    {
        if (!_hasPlaced[rank] && !holdsView)
        {
            _hasPlaced[rank] = true;
            Propose(Start, rank, clock);
        }
    }

    private void Place(OrderItem item, ulong time, ulong phase) =>
        Place(item, new OrderStamp(time, Group.Id, phase, item.Rank, item.Sequence));

    private void Place(OrderItem item, OrderStamp stamp)
    {
        item.IsFinal = true;
        item.Stamp = stamp;
        if (_flaw != OrderFlaw.ClockStandsStill)
        {
            _clock.Raise(stamp.Time);
        }

        _queue.Place(item);
    }

    private void Propose(OrderItem item, int rank, ulong clock)
    {
        item.Awaited--;
        Note(item, rank, clock);
    }

    private void Note(OrderItem item, int rank, ulong clock)
    {
        item.Proposed = Math.Max(item.Proposed, clock);
        if (rank == Self)
        {
            item.Own = clock;
            _queue.Open(item);
        }
    }

    private ulong EarlyProposal(int rank, int sender, ulong sequence)
    {
        var early = _early[rank, sender]!;
        while (early.Peek().UpTo < sequence)
        {
            early.Dequeue();
        }

        return early.Peek().Value;
    }

    private int CountMissing(Func<int, bool> lacks)
    {
        var count = 0;
        for (var rank = 0; rank < _open.Length; rank++)
        {
            count += !_isGone[rank] && lacks(rank) ? 1 : 0;
        }

        return count;
    }
}
