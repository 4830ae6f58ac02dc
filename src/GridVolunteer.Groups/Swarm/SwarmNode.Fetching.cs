using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Swarm;

/// <summary>Asking peers for what is missing.</summary>
public sealed partial class SwarmNode
{
    private static readonly TimeSpan FillEvery = TimeSpan.FromSeconds(1);

    private static TimeSpan DueOf(Download download, TimeSpan due)
    {
        due = download.FillDue < due ? download.FillDue : due;
        foreach (var holder in download.Holders.Values)
        {
            due = holder.AnswerDue < due ? holder.AnswerDue : due;
            foreach (var request in holder.Requests.Values)
            {
                due = request < due ? request : due;
            }
        }

        return due;
    }

    private void Ask(BlobName blob, Holder holder, TimeSpan now, Output<SwarmEvent> output)
    {
        holder.AnswerDue = now + _options.Patience;
        Send(Begin(SwarmKind.Ask, blob), holder.Peer, output);
    }

    /// <summary>Sees to what has become overdue, asks again whom it may, and lets nobody be idle.</summary>
    private void Look(BlobName blob, Download download, TimeSpan now, Output<SwarmEvent> output)
    {
        foreach (var holder in download.Holders.Values)
        {
            var isSilent = download.Expire(holder, now);
            if (holder.AnswerDue <= now)
            {
                holder.AnswerDue = TimeSpan.MaxValue;
                isSilent = true;
            }

            if (isSilent)
            {
                holder.WasSilent(_options, now);
            }

            if (holder.Pieces is null && holder.AnswerDue == TimeSpan.MaxValue && holder.MayAsk(now))
            {
                Ask(blob, holder, now, output);
            }
        }

        Fill(blob, download, now, output);
    }

    /// <summary>Asks all holders in turn for a block each, until none can be asked for more.</summary>
    private void Fill(BlobName blob, Download download, TimeSpan now, Output<SwarmEvent> output)
    {
        download.FillDue = now + FillEvery;
        var candidates = download.Holders.Values.OrderBy(h => h.Requests.Count).ToList();
        while (candidates.Count > 0)
        {
            candidates.RemoveAll(h => !TryRequest(blob, download, h, now, output));
        }
    }

    private void FillFrom(
        BlobName blob, Download download, Holder holder, TimeSpan now, Output<SwarmEvent> output)
    {
        while (TryRequest(blob, download, holder, now, output))
        {
        }
    }

    private bool TryRequest(
        BlobName blob, Download download, Holder holder, TimeSpan now, Output<SwarmEvent> output)
    {
        if (!holder.MayAsk(now) || holder.Requests.Count >= _options.RequestsPerPeer
            || download.Pick(holder) is not { } block)
        {
            return false;
        }

        download.Open(holder, block, now + _options.Patience);
        var mark = Begin(SwarmKind.Request, blob);
        _writer.WriteCount(block);
        Send(mark, holder.Peer, output);
        return true;
    }

    /// <summary>Takes in a block that was asked for.</summary>
    private void Take(
        BlobName blob,
        HeldBlob held,
        Holder holder,
        ArrivedBlock arrived,
        TimeSpan now,
        Output<SwarmEvent> output)
    {
        var download = held.Download!;
        if (arrived.Data.Length != held.Shape.SizeOf(arrived.Number)
            || !_check(blob, arrived.Number, arrived.Data, arrived.Proof))
        {
            download.Ban(holder);
            output.Emit(new SwarmEvent.WrongBlock(blob, holder.Peer, arrived.Number));
            Fill(blob, download, now, output);
            return;
        }

        holder.Answered();
        if (download.IsHere(arrived.Number))
        {
            FillFrom(blob, download, holder, now, output);
            return;
        }

        output.Emit(new SwarmEvent.BlockArrived(
            blob, arrived.Number, held.Shape.OffsetOf(arrived.Number), arrived.Data.ToArray()));
        var isPieceComplete = download.Receive(arrived.Number);
        CancelOthers(blob, download, arrived.Number, now, output);
        if (isPieceComplete)
        {
            Announce(blob, held, held.Shape.PieceOf(arrived.Number), output);
        }

        if (download.IsComplete)
        {
            held.Download = null;
            _downloads.Remove(blob);
            output.Emit(new SwarmEvent.BlobCompleted(blob));
            return;
        }

        FillFrom(blob, download, holder, now, output);
    }

    private void CancelOthers(
        BlobName blob, Download download, int block, TimeSpan now, Output<SwarmEvent> output)
    {
        if (download.OpenRequests(block) == 0)
        {
            return;
        }

        var others = download.Holders.Values.Where(h => h.Requests.ContainsKey(block)).ToArray();
        foreach (var other in others)
        {
            download.Close(other, block);
            var mark = Begin(SwarmKind.Cancel, blob);
            _writer.WriteCount(block);
            Send(mark, other.Peer, output);
        }

        // Not before all are closed: the block would still look as if it were missing.
        foreach (var other in others)
        {
            FillFrom(blob, download, other, now, output);
        }
    }

    private void Announce(BlobName blob, HeldBlob held, int piece, Output<SwarmEvent> output)
    {
        output.Emit(new SwarmEvent.PieceCompleted(blob, piece));
        if (!held.IsShared)
        {
            return;
        }

        var mark = Begin(SwarmKind.Have, blob);
        _writer.WriteCount(piece);
        _writer.End(mark);
        foreach (var listener in held.Listeners)
        {
            output.Send(listener, Carrier.Stream, _writer.Written);
        }
    }

    /// <summary>A block as it came, before anything is known of it.</summary>
    private readonly ref struct ArrivedBlock(int number, ReadOnlySpan<byte> proof, ReadOnlySpan<byte> data)
    {
        public int Number { get; } = number;

        public ReadOnlySpan<byte> Proof { get; } = proof;

        public ReadOnlySpan<byte> Data { get; } = data;
    }
}
