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

    // By proposer, then sender: up to which frame it has proposed, which ordinal is its next, and what it proposed for
    // frames that have not come yet.
    private readonly ulong[,] _proposedUpTo;
    private readonly int[,] _nextOrdinals;
    private readonly Queue<(ulong UpTo, ulong Value)>?[,] _early;

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

    /// <summary>A member's frame has come: its clock is shown, and the view itself has its proposal.</summary>
    public void Speak(int rank, ulong sequence, ulong clock)
    {
        var isFirst = !HasSpoken(rank);
        _received[rank] = sequence;
        _lastClocks[rank] = clock;
        if (isFirst)
        {
            Propose(Start, rank, clock);
        }
    }

    /// <summary>
    /// A member has spoken in a later view: that is its proposal for everything in this one which has none of it.
    /// </summary>
    public void CatchUp(int rank, ulong clock)
    {
        if (_isGone[rank] || _hasCaughtUp[rank])
        {
            return;
        }

        _hasCaughtUp[rank] = true;
        if (!HasSpoken(rank))
        {
            Propose(Start, rank, clock);
        }

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
        Place(item, clock, phase: (2 * Number) + 1);
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
        Start.Awaited = Start.IsFinal ? 0 : CountAwaited(r => !HasSpoken(r));
        for (var sender = 0; sender < _open.Length; sender++)
        {
            for (var i = 0; i < _open[sender].Count; i++)
            {
                var item = _open[sender][i];
                item.Awaited = CountAwaited(r => _proposedUpTo[r, sender] < item.Sequence);
            }
        }
    }

    /// <summary>Gives what all have proposed for its place.</summary>
    public void Settle()
    {
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
                open.RemoveFirst();
                _floors[sender] = Math.Max(item.Proposed, _floors[sender]);
                Place(item, _floors[sender], phase: (2 * Number) + 1);
            }
        }
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

    private void Place(OrderItem item, ulong time, ulong phase)
    {
        item.IsFinal = true;
        item.Stamp = new OrderStamp(time, Group.Id, phase, item.Rank, item.Sequence);
        if (_flaw != OrderFlaw.ClockStandsStill)
        {
            _clock.Raise(time);
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

    private int CountAwaited(Func<int, bool> lacks)
    {
        var count = 0;
        for (var rank = 0; rank < _open.Length; rank++)
        {
            count += !_isGone[rank] && !_hasCaughtUp[rank] && lacks(rank) ? 1 : 0;
        }

        return count;
    }
}
