using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Swarm;

/// <summary>What a process takes in.</summary>
public sealed partial class SwarmNode
{
    private static readonly TimeSpan AskAgainMax = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now, Output<SwarmEvent> output)
    {
        now = At(now);
        var reader = new WireReader(message);
        if (!reader.TryReadMessage(out var kind, out _, out var body))
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        if (!Enum.IsDefined((SwarmKind)kind))
        {
            Refusals.Count(RefusalReason.UnknownKind);
            return;
        }

        var blob = BlobName.Read(ref body);
        if (body.Failed)
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        var isWellFormed = (SwarmKind)kind is SwarmKind.Ask or SwarmKind.Request or SwarmKind.Cancel
            ? TakeWish(from, (SwarmKind)kind, blob, ref body, now, output)
            : TakeAnswer(from, (SwarmKind)kind, blob, ref body, now, output);
        if (!isWellFormed)
        {
            Refusals.Count(RefusalReason.Malformed);
        }
    }

    private bool TakeWish(
        ProcessId from,
        SwarmKind kind,
        BlobName blob,
        ref WireReader body,
        TimeSpan now,
        Output<SwarmEvent> output)
    {
        var held = _blobs.GetValueOrDefault(blob);
        if (kind == SwarmKind.Ask)
        {
            TellHoldings(from, blob, held, now, output);
            return true;
        }

        var block = body.ReadNumber(held is null ? int.MaxValue : held.Shape.BlockCount - 1);
        if (body.Failed)
        {
            return false;
        }

        if (kind == SwarmKind.Cancel)
        {
            _uploads.Cancel(from, blob, block);
        }
        else if (held is null || !held.Pieces.Contains(held.Shape.PieceOf(block)))
        {
            Refuse(blob, from, RefuseReason.NotHeld, output);
        }
        else if (!held.IsShared)
        {
            Refuse(blob, from, RefuseReason.Declined, output);
        }
        else if (!_uploads.TryAdd(from, blob, block, held.Shape.SizeOf(block), now))
        {
            Refuse(blob, from, RefuseReason.Busy, output);
        }

        Serve(now, output);
        return true;
    }

    private void TellHoldings(
        ProcessId from, BlobName blob, HeldBlob? held, TimeSpan now, Output<SwarmEvent> output)
    {
        if (held is null || !held.IsShared)
        {
            Refuse(blob, from, held is null ? RefuseReason.NotHeld : RefuseReason.Declined, output);
            return;
        }

        if (!held.Listeners.Contains(from) && !held.Pieces.IsAll)
        {
            if (held.Listeners.Count >= _options.PeersPerBlobMax)
            {
                held.Listeners.RemoveAt(0);
            }

            held.Listeners.Add(from);
        }

        var mark = Begin(SwarmKind.Holdings, blob);
        _writer.WriteBytes(held.Pieces.Bits);
        Send(mark, from, output);

        // Whoever fetches it will hold pieces of it.
        if (held.Download?.TryAdd(from, isFromHost: false) is { } holder)
        {
            Ask(blob, holder, now, output);
        }
    }

    private bool TakeAnswer(
        ProcessId from,
        SwarmKind kind,
        BlobName blob,
        ref WireReader body,
        TimeSpan now,
        Output<SwarmEvent> output)
    {
        if (_blobs.GetValueOrDefault(blob) is not { Download: { } download } held
            || !download.Holders.TryGetValue(from, out var holder))
        {
            // Nothing is expected of it, any more or at all.
            Count(kind);
            return true;
        }

        switch (kind)
        {
            case SwarmKind.Holdings:
                return TakeHoldings(blob, held, holder, ref body, now, output);
            case SwarmKind.Have:
                return TakeHave(blob, held, holder, ref body, now, output);
            case SwarmKind.Block:
                return TakeBlock(blob, held, holder, ref body, now, output);
            default:
                return TakeRefusal(blob, download, holder, ref body, now, output);
        }
    }

    private void Count(SwarmKind kind)
    {
        if (kind == SwarmKind.Block)
        {
            Unrequested++;
        }
        else
        {
            Refusals.Count(RefusalReason.Implausible);
        }
    }

    private bool TakeHoldings(
        BlobName blob,
        HeldBlob held,
        Holder holder,
        ref WireReader body,
        TimeSpan now,
        Output<SwarmEvent> output)
    {
        var bits = body.ReadBytes((BlobShape.PieceCountMax + 7) / 8);
        if (body.Failed || PieceSet.Read(bits, held.Shape.PieceCount) is not { } pieces)
        {
            return false;
        }

        if (holder.AnswerDue == TimeSpan.MaxValue)
        {
            // Not asked for.
            Refusals.Count(RefusalReason.Implausible);
            return true;
        }

        holder.AnswerDue = TimeSpan.MaxValue;
        held.Download!.Learn(holder, pieces);
        FillFrom(blob, held.Download, holder, now, output);
        return true;
    }

    private bool TakeHave(
        BlobName blob,
        HeldBlob held,
        Holder holder,
        ref WireReader body,
        TimeSpan now,
        Output<SwarmEvent> output)
    {
        var piece = body.ReadNumber(held.Shape.PieceCount - 1);
        if (body.Failed)
        {
            return false;
        }

        if (holder.Pieces is not null)
        {
            held.Download!.LearnMore(holder, piece);
            FillFrom(blob, held.Download, holder, now, output);
        }

        return true;
    }

    private bool TakeBlock(
        BlobName blob,
        HeldBlob held,
        Holder holder,
        ref WireReader body,
        TimeSpan now,
        Output<SwarmEvent> output)
    {
        var block = body.ReadNumber(held.Shape.BlockCount - 1);
        var proof = body.ReadBytes(SwarmOptions.ProofSizeBytesMax);
        var data = body.ReadBytes(BlobShape.BlockSizeBytesMax);
        if (body.Failed)
        {
            return false;
        }

        if (held.Download!.Close(holder, block) || holder.Overdue.Remove(block))
        {
            Take(blob, held, holder, new ArrivedBlock(block, proof, data), now, output);
        }
        else
        {
            Unrequested++;
        }

        return true;
    }

    private bool TakeRefusal(
        BlobName blob,
        Download download,
        Holder holder,
        ref WireReader body,
        TimeSpan now,
        Output<SwarmEvent> output)
    {
        var reason = (RefuseReason)body.ReadByte();
        var askAgain = body.ReadDuration(AskAgainMax);
        if (body.Failed || !Enum.IsDefined(reason))
        {
            return false;
        }

        output.Emit(new SwarmEvent.Refused(blob, holder.Peer, reason));
        holder.Answered();
        holder.AnswerDue = TimeSpan.MaxValue;
        download.Release(holder);
        switch (reason)
        {
            case RefuseReason.Busy:
                holder.Pause(askAgain, now);
                break;
            case RefuseReason.Leaving:
                download.Remove(holder);
                break;
            default:
                // It may hold it later, or change its mind.
                download.Learn(holder, null);
                holder.Pause(_options.PauseMax, now);
                break;
        }

        Fill(blob, download, now, output);
        return true;
    }
}
