namespace GridVolunteer.Groups.Swarm;

/// <summary>
/// One blob on its way here: who holds what of it, which blocks are here, and which are asked of whom. It
/// keeps the books; <see cref="SwarmNode"/> speaks. Invariants: a block counts as asked for while a request
/// for it is neither answered nor overdue; of no block are more requests open than <see
/// cref="SwarmOptions.EndgameExtra"/> and one.
/// </summary>
internal sealed partial class Download(BlobShape shape, PieceSet have, SwarmOptions options, Random random)
{
    private const int BannedMax = 1_024;

    private readonly HashSet<ProcessId> _banned = [];
    private readonly SortedDictionary<int, PieceProgress> _started = [];
    private readonly SortedDictionary<int, int> _open = [];
    private readonly int[] _counts = new int[shape.PieceCount];

    private int _missingBlocks =
        Enumerable.Range(0, shape.PieceCount).Where(p => !have.Contains(p)).Sum(shape.BlocksOf);

    public SortedDictionary<ProcessId, Holder> Holders { get; } = [];

    public bool IsComplete => _missingBlocks == 0;

    /// <summary>When idle holders are looked at again.</summary>
    public TimeSpan FillDue { get; set; }

    /// <summary>Requests open for a block.</summary>
    public int OpenRequests(int block) => _open.GetValueOrDefault(block);

    /// <summary>Notes what a holder says it holds.</summary>
    public void Learn(Holder holder, PieceSet? pieces)
    {
        Count(holder.Pieces, -1);
        holder.Pieces = pieces;
        Count(pieces, 1);
    }

    /// <summary>Notes one piece more.</summary>
    public void LearnMore(Holder holder, int piece)
    {
        if (holder.Pieces!.Add(piece))
        {
            _counts[piece]++;
        }
    }

    /// <summary>
    /// Takes a holder in; null when it is known, or banned, or there are too many. Those who asked of
    /// themselves fill half of the room at most, and give way to those the host names.
    /// </summary>
    public Holder? TryAdd(ProcessId peer, bool isFromHost)
    {
        if (_banned.Contains(peer) || Holders.ContainsKey(peer))
        {
            return null;
        }

        if (!isFromHost && Holders.Count >= options.PeersPerBlobMax / 2)
        {
            return null;
        }

        if (Holders.Count >= options.PeersPerBlobMax)
        {
            if (Holders.Values.FirstOrDefault(h => !h.IsFromHost) is not { } other)
            {
                return null;
            }

            Remove(other);
        }

        var holder = new Holder(peer, isFromHost);
        Holders.Add(peer, holder);
        return holder;
    }

    /// <summary>Forgets a holder that sent wrong bytes, and takes it in no more.</summary>
    public void Ban(Holder holder)
    {
        Remove(holder);
        if (_banned.Count < BannedMax)
        {
            _banned.Add(holder.Peer);
        }
    }

    /// <summary>Forgets a holder and what it was asked for.</summary>
    public void Remove(Holder holder)
    {
        Release(holder);
        Learn(holder, null);
        Holders.Remove(holder.Peer);
    }

    /// <summary>Takes back everything that a holder was asked for.</summary>
    public void Release(Holder holder)
    {
        foreach (var block in holder.Requests.Keys.ToArray())
        {
            Close(holder, block);
        }
    }

    /// <summary>Sets a block as asked of a holder.</summary>
    public void Open(Holder holder, int block, TimeSpan due)
    {
        holder.Requests.Add(block, due);
        holder.Overdue.Remove(block);
        _open[block] = OpenRequests(block) + 1;
        var piece = shape.PieceOf(block);
        if (!_started.ContainsKey(piece))
        {
            _started.Add(piece, new PieceProgress(shape.BlocksOf(piece)));
        }
    }

    /// <summary>A request is no longer open; false when it was not.</summary>
    public bool Close(Holder holder, int block)
    {
        if (!holder.Requests.Remove(block))
        {
            return false;
        }

        if (_open[block] == 1)
        {
            _open.Remove(block);
        }
        else
        {
            _open[block]--;
        }

        return true;
    }

    /// <summary>Requests whose time has passed are open no longer; true when there were some.</summary>
    public bool Expire(Holder holder, TimeSpan now)
    {
        var overdue = holder.Requests.Where(r => r.Value <= now).Select(r => r.Key).ToArray();
        foreach (var block in overdue)
        {
            Close(holder, block);
            if (holder.Overdue.Count >= options.RequestsPerPeer)
            {
                holder.Overdue.Clear();
            }

            holder.Overdue.Add(block);
        }

        return overdue.Length > 0;
    }

    /// <summary>Whether a block is here.</summary>
    public bool IsHere(int block)
    {
        var piece = shape.PieceOf(block);
        return have.Contains(piece)
            || (_started.TryGetValue(piece, out var progress)
                && progress.Has(block - shape.FirstBlock(piece)));
    }

    /// <summary>A block has come and passed the check; true when its piece is complete by it.</summary>
    public bool Receive(int block)
    {
        var piece = shape.PieceOf(block);
        if (!_started.TryGetValue(piece, out var progress))
        {
            // Asked for long ago, and its piece not begun again since.
            progress = new PieceProgress(shape.BlocksOf(piece));
            _started.Add(piece, progress);
        }

        progress.Add(block - shape.FirstBlock(piece));
        _missingBlocks--;
        if (!progress.IsComplete)
        {
            return false;
        }

        _started.Remove(piece);
        have.Add(piece);
        return true;
    }

    private void Count(PieceSet? pieces, int change)
    {
        for (var piece = 0; pieces is not null && piece < _counts.Length; piece++)
        {
            _counts[piece] += pieces.Contains(piece) ? change : 0;
        }
    }
}
