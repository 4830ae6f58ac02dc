using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.CommitReveal;

/// <summary>What a member takes in.</summary>
public sealed partial class CommitRevealRound
{
    /// <summary>
    /// Takes in a message that the group delivered, the own ones included. What is malformed, of another
    /// round or not the sender's to say is refused and counted.
    /// </summary>
    /// <param name="from">Who sent it, as the group has made sure of.</param>
    /// <param name="message">Its bytes; not kept.</param>
    /// <param name="orderedAndSafe">True when it was delivered in total order, and every member is known to
    /// have it. A CLOSE that was not means nothing.</param>
    /// <param name="now">Monotonic time.</param>
    /// <param name="output">Where to say what follows from it.</param>
    public void Receive(
        ProcessId from,
        ReadOnlySpan<byte> message,
        bool orderedAndSafe,
        TimeSpan now,
        Output<CommitRevealEvent> output)
    {
        var reader = new WireReader(message);
        if (!reader.TryReadMessage(out var kind, out _, out var body))
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        var isOurs = Bytes32.Read(ref body) == _subject;
        if (body.Failed)
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        if (!isOurs || !_members.Contains(from))
        {
            Refusals.Count(RefusalReason.NotEntitled);
            return;
        }

        switch ((CommitRevealKind)kind)
        {
            case CommitRevealKind.Commit:
                TakeCommitment(from, ref body, output);
                break;
            case CommitRevealKind.Close when from == _closer && orderedAndSafe:
                TakeClose(ref body, now, output);
                break;
            case CommitRevealKind.Close:
                Refusals.Count(RefusalReason.NotEntitled);
                break;
            case CommitRevealKind.Reveal:
                TakeOpening(from, ref body, output);
                break;
            default:
                Refusals.Count(RefusalReason.UnknownKind);
                break;
        }
    }

    private void TakeCommitment(ProcessId from, ref WireReader body, Output<CommitRevealEvent> output)
    {
        var commitment = Bytes32.Read(ref body);
        if (body.Failed)
        {
            Refusals.Count(RefusalReason.Malformed);
        }
        else if (State != RoundState.Open || _hasSaidClose || !_commitments.TryAdd(from, commitment))
        {
            // Too late, or a second one: the first stands.
            Refusals.Count(RefusalReason.Implausible);
        }
        else if (_self == _closer && _commitments.Count == _members.Count)
        {
            Close(output);
        }
    }

    private void TakeClose(ref WireReader body, TimeSpan now, Output<CommitRevealEvent> output)
    {
        var count = body.ReadCount(_members.Count, ProcessId.SizeBytes + Bytes32.SizeBytes);
        var listed = new Dictionary<ProcessId, Bytes32>(count);
        for (var i = 0; i < count; i++)
        {
            var process = body.ReadProcess();
            if (!listed.TryAdd(process, Bytes32.Read(ref body)) || !_members.Contains(process))
            {
                body.Fail();
            }
        }

        if (body.Failed)
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        if (State != RoundState.Open)
        {
            // The first in the group's order counts, and a member that has given up shows nothing.
            Refusals.Count(RefusalReason.Implausible);
            return;
        }

        State = RoundState.Closed;
        Due = now + _options.RevealPatience;
        foreach (var (process, commitment) in listed)
        {
            _listed.Add(process, commitment);
        }

        output.Emit(new CommitRevealEvent.Closed([.. listed.Keys.Order()]));
        RevealOwn(output);
        foreach (var process in _members.Except(listed.Keys).Order())
        {
            output.Emit(new CommitRevealEvent.Voided(process, VoidReason.NotListed));
        }

        foreach (var (process, opening) in _early.OrderBy(e => e.Key))
        {
            Judge(process, opening, output);
        }

        _early.Clear();
        SettleWhenDone(output);
    }

    private void RevealOwn(Output<CommitRevealEvent> output)
    {
        // If the closer lists something else for this member, then showing the digest would give it away for
        // nothing.
        if (_own is { } own && _listed.TryGetValue(_self, out var listed)
            && listed == Commitment.Of(_subject, _self, own))
        {
            var mark = Begin(CommitRevealKind.Reveal);
            own.Nonce.Write(_writer);
            own.Digest.Write(_writer);
            Say(mark, orderedAndSafe: false, output);
        }
    }

    private void TakeOpening(ProcessId from, ref WireReader body, Output<CommitRevealEvent> output)
    {
        var opening = new Opening(Bytes32.Read(ref body), Bytes32.Read(ref body));
        if (body.Failed)
        {
            Refusals.Count(RefusalReason.Malformed);
        }
        else if (State == RoundState.Open)
        {
            // The CLOSE has reached the sender, and is on its way here.
            if (!_early.TryAdd(from, opening))
            {
                Refusals.Count(RefusalReason.Implausible);
            }
        }
        else if (State != RoundState.Closed || !_listed.ContainsKey(from))
        {
            Refusals.Count(RefusalReason.Implausible);
        }
        else
        {
            Judge(from, opening, output);
            SettleWhenDone(output);
        }
    }

    private void Judge(ProcessId process, Opening opening, Output<CommitRevealEvent> output)
    {
        if (!_listed.TryGetValue(process, out var commitment))
        {
            Refusals.Count(RefusalReason.Implausible);
        }
        else if (commitment == Commitment.Of(_subject, process, opening))
        {
            _listed.Remove(process);
            output.Emit(new CommitRevealEvent.Revealed(process, opening.Digest));
        }
        else
        {
            Void(process, VoidReason.DoesNotOpen, output);
        }
    }

    private void Void(ProcessId process, VoidReason reason, Output<CommitRevealEvent> output)
    {
        _listed.Remove(process);
        output.Emit(new CommitRevealEvent.Voided(process, reason));
    }

    /// <summary>What is still listed is still awaited.</summary>
    private void SettleWhenDone(Output<CommitRevealEvent> output)
    {
        if (_listed.Count == 0 && State == RoundState.Closed)
        {
            State = RoundState.Settled;
            Due = TimeSpan.MaxValue;
            output.Emit(new CommitRevealEvent.Settled());
        }
    }
}
