using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// Messages of one view that need no place in the one order: they wait until the view has begun, behind what their
/// sender sent before, and for what they need themselves: what is safe, until everybody has it; what is causal, until
/// what it follows is delivered (Birman, Schiper and Stephenson, <i>Lightweight causal and atomic group multicast</i>,
/// 1991).
/// </summary>
internal sealed class PlainOrder
{
    private readonly OrderedView _view;
    private readonly Queue<PlainFrame>[] _waiting;
    private readonly ulong[] _received;

    // By sender, the last frame of which something causal was delivered here, and the last that was in whole.
    private readonly ulong[] _lastBegun;
    private readonly ulong[] _lastCausal;
    private readonly ulong[] _told;
    private readonly ulong[,] _causalUpTo;
    private ulong _lastSent;
    private bool _isCausal;

    public PlainOrder(OrderedView view, int members)
    {
        _view = view;
        _waiting = [.. Enumerable.Range(0, members).Select(_ => new Queue<PlainFrame>())];
        _received = new ulong[members];
        _lastBegun = new ulong[members];
        _lastCausal = new ulong[members];
        _told = new ulong[members];
        _causalUpTo = new ulong[members, members];
    }

    /// <summary>How many frames wait.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var waiting in _waiting)
            {
                count += waiting.Count;
            }

            return count;
        }
    }

    /// <summary>True once something causal was delivered.</summary>
    public bool IsCausal => _isCausal;

    /// <summary>True when others are to be told what causal messages have been delivered here.</summary>
    public bool OwesReceipts
    {
        get
        {
            for (var rank = 0; _isCausal && rank < _told.Length; rank++)
            {
                if (_lastCausal[rank] > _causalUpTo[_view.Self, rank])
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Takes in a frame, and delivers what can be.</summary>
    public void Add(PlainFrame frame, OrderFlaw flaw, Output<OrderedEvent> output)
    {
        _received[frame.Rank] = frame.Sequence;
        if (frame.IsCausal && frame.Rank == _view.Self)
        {
            _lastSent = frame.Sequence;
            _isCausal = true;
        }

        _waiting[frame.Rank].Enqueue(frame);
        Deliver(flaw, output);
    }

    /// <summary>Delivers what can be.</summary>
    public void Deliver(OrderFlaw flaw, Output<OrderedEvent> output)
    {
        if (!_view.HasBegun)
        {
            return;
        }

        for (var hasMoved = true; hasMoved;)
        {
            hasMoved = false;
            for (var rank = 0; rank < _waiting.Length; rank++)
            {
                hasMoved |= Deliver(rank, flaw, output);
            }
        }
    }

    /// <summary>Learns what a member has delivered of what is causal.</summary>
    public void NoteCausal(int rank, Receipt receipt)
    {
        if (receipt.Rank < _waiting.Length)
        {
            var known = _causalUpTo[rank, receipt.Rank];
            _causalUpTo[rank, receipt.Rank] = Math.Max(known, receipt.UpTo);
        }
    }

    /// <summary>Writes up what is to be told of what was delivered here.</summary>
    public void WriteReceipts(List<Receipt> receipts)
    {
        for (var rank = 0; _isCausal && rank < _told.Length; rank++)
        {
            if (_lastCausal[rank] > _causalUpTo[_view.Self, rank])
            {
                receipts.Add(new Receipt(rank, _lastCausal[rank]));
            }
        }
    }

    /// <summary>Writes up what a causal frame sent now follows, beyond what the one before did.</summary>
    public void WriteFollows(List<Receipt> follows)
    {
        for (var rank = 0; _isCausal && rank < _told.Length; rank++)
        {
            if (rank != _view.Self && _lastBegun[rank] > _told[rank])
            {
                _told[rank] = _lastBegun[rank];
                follows.Add(new Receipt(rank, _told[rank]));
            }
        }
    }

    /// <summary>What causal messages have been delivered, or sent, here, by sender.</summary>
    public ulong[] CausalSoFar()
    {
        var soFar = (ulong[])_lastBegun.Clone();
        soFar[_view.Self] = Math.Max(soFar[_view.Self], _lastSent);
        return soFar;
    }

    /// <summary>True when all who are there have delivered causal messages up to these.</summary>
    public bool IsWithAll(ulong[] upTo)
    {
        for (var rank = 0; rank < _told.Length; rank++)
        {
            if (_view.IsGone(rank) || _view.Group.HasBegunAfter(_view, rank) || _view.Group.HasLost(_view, rank))
            {
                continue;
            }

            for (var sender = 0; sender < _told.Length; sender++)
            {
                if (_causalUpTo[rank, sender] < upTo[sender])
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool Deliver(int rank, OrderFlaw flaw, Output<OrderedEvent> output)
    {
        var hasMoved = false;
        var waiting = _waiting[rank];
        while (waiting.TryPeek(out var frame) && (!frame.IsCausal || Follows(frame, flaw)))
        {
            for (; frame.Delivered < frame.Messages.Length; frame.Delivered++)
            {
                ref readonly var message = ref frame.Messages[frame.Delivered];
                if (message.Delivery.IsSafe() && flaw != OrderFlaw.SafeUnheard && !IsReceived(frame))
                {
                    return hasMoved;
                }

                if (message.Delivery.Level() == Delivery.Causal)
                {
                    _isCausal = true;
                    _lastBegun[rank] = frame.Sequence;
                }

                _view.Group.BacklogSizeBytes -= message.Payload.Length;
                output.Emit(new OrderedEvent.Message(
                    _view.Group.Id, _view.View.Members[rank], message.Payload, message.Delivery, _view.Number));
                hasMoved = true;
            }

            waiting.Dequeue();
            if (frame.IsCausal)
            {
                _lastCausal[rank] = frame.Sequence;
            }
        }

        return hasMoved;
    }

    private bool Follows(PlainFrame frame, OrderFlaw flaw)
    {
        foreach (var (rank, upTo) in frame.Follows)
        {
            if (flaw != OrderFlaw.CausalNotHeld && rank < _waiting.Length && rank != frame.Rank
                && (_received[rank] < upTo
                    || (_waiting[rank].TryPeek(out var first) && first.Sequence <= upTo)))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsReceived(PlainFrame frame)
    {
        for (var rank = 0; rank < _waiting.Length; rank++)
        {
            if (rank != _view.Self && !_view.HasReceipt(rank, frame.Rank, frame.Sequence))
            {
                return false;
            }
        }

        return true;
    }
}
