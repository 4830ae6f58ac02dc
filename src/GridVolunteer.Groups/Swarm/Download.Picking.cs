namespace GridVolunteer.Groups.Swarm;

/// <summary>
/// Which block to ask a holder for (Cohen, "Incentives build robustness in BitTorrent", 2003): finish pieces
/// that are begun; then a piece at random while few are here, later the rarest; when everything missing is
/// asked for, ask a few more for the same.
/// </summary>
internal sealed partial class Download
{
    /// <summary>The next block to ask a holder for; null when there is none.</summary>
    public int? Pick(Holder holder)
    {
        if (holder.Pieces is not { } pieces)
        {
            return null;
        }

        return OfBegunPieces(pieces) ?? OfNewPiece(pieces) ?? OfEndgame(holder, pieces);
    }

    private int? OfBegunPieces(PieceSet pieces)
    {
        int? best = null;
        var bestReceived = -1;
        foreach (var (piece, progress) in _started)
        {
            // The nearest to completion first: a complete piece can be shared.
            if (progress.Received > bestReceived && pieces.Contains(piece)
                && FreeBlock(piece, progress) is { } block)
            {
                best = block;
                bestReceived = progress.Received;
            }
        }

        return best;
    }

    private int? FreeBlock(int piece, PieceProgress progress)
    {
        var first = shape.FirstBlock(piece);
        for (var i = 0; i < progress.Blocks; i++)
        {
            if (!progress.Has(i) && !_open.ContainsKey(first + i))
            {
                return first + i;
            }
        }

        return null;
    }

    private int? OfNewPiece(PieceSet pieces)
    {
        var byCount = have.Count >= options.RandomPieces;
        int? best = null;
        var ties = 0;
        for (var piece = 0; piece < shape.PieceCount; piece++)
        {
            if (have.Contains(piece) || !pieces.Contains(piece) || _started.ContainsKey(piece))
            {
                continue;
            }

            var isBetter = best is null || (byCount && _counts[piece] < _counts[best.Value]);
            if (isBetter)
            {
                best = piece;
                ties = 1;
            }
            else if ((!byCount || _counts[piece] == _counts[best!.Value]) && random.Next(++ties) == 0)
            {
                // Each of those that tie is as likely.
                best = piece;
            }
        }

        return best is { } picked ? shape.FirstBlock(picked) : null;
    }

    private int? OfEndgame(Holder holder, PieceSet pieces)
    {
        if (_open.Count < _missingBlocks)
        {
            return null;
        }

        int? best = null;
        foreach (var (block, open) in _open)
        {
            if (open <= options.EndgameExtra && (best is null || open < _open[best.Value])
                && pieces.Contains(shape.PieceOf(block)) && !holder.Requests.ContainsKey(block))
            {
                best = block;
            }
        }

        return best;
    }
}
