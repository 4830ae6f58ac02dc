using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.FailureDetection;

/// <content>Gossip, comparisons of everything, and this process's own goodbye.</content>
public sealed partial class FailureDetector
{
    private const double GoodbyeShareForDead = 0.25;

    private static readonly TimeSpan GoodbyeRepeat = TimeSpan.FromMilliseconds(300);

    private int Begin(DetectorMessage message)
    {
        _writer.Clear();
        return _writer.BeginMessage((byte)message, Version);
    }

    /// <summary>Sends what is in the writer, and as much gossip as fits behind it.</summary>
    private void SendDatagram(ProcessId to, Output<MembershipEvent> output)
    {
        AppendGossip(to);
        output.Send(to, Carrier.Datagram, _writer.Written);
    }

    private void AppendGossip(ProcessId to)
    {
        // Who is thought badly of hears it from whoever speaks to it, and can refute at once (Lifeguard's buddy
        // system). That also tells one that was dead, or was cut off, that it is to announce itself.
        var isAccused = _roster.TryFind(to, out var peer) && peer.Status is MemberStatus.Suspect or MemberStatus.Dead;
        if (!isAccused && _gossip.IsEmpty)
        {
            return;
        }

        var start = _writer.Length;
        var mark = _writer.BeginMessage((byte)DetectorMessage.Gossip, Version);
        if (isAccused)
        {
            peer!.Claim().Write(_writer);
        }

        // The length before the claims may grow by two bytes.
        var sendsMax = _options.GossipFactor * (int)Math.Ceiling(Math.Log10(_roster.CountPresent() + 2));
        _gossip.Write(_writer, Output<MembershipEvent>.DatagramSizeBytesMax - 2, sendsMax, to);
        if (_writer.Length == mark)
        {
            _writer.Truncate(start);
            return;
        }

        _writer.End(mark);
    }

    private void Spread(MemberClaim claim)
    {
        // Nothing was due while there was nothing to tell.
        _gossipsAt = _gossip.IsEmpty ? Max(_gossipsAt, _last) : _gossipsAt;
        _gossip.Add(claim);
    }

    private void SeeToGossip(TimeSpan now, Output<MembershipEvent> output)
    {
        if (_gossip.IsEmpty || now < _gossipsAt)
        {
            return;
        }

        _gossipsAt = now + _options.GossipInterval;
        foreach (var peer in _roster.DrawPresent(_options.GossipTargets))
        {
            _writer.Clear();
            AppendGossip(peer.Id);
            if (_writer.Length > 0)
            {
                output.Send(peer.Id, Carrier.Datagram, _writer.Written);
            }
        }

        if (_roster.CountPresent() == 0)
        {
            // Nobody to tell; whoever comes is told by a comparison of everything, where a death counts as a suspicion.
            // As gossip it would be believed: one that was cut off would have healthy ones taken for dead when it is back.
            _gossip.ForgetAccusations();
            _gossipsAt = now + _options.Period;
        }
    }

    /// <summary>Tells one process how things stand with this one.</summary>
    private void Tell(ProcessId to, Output<MembershipEvent> output)
    {
        var mark = Begin(DetectorMessage.Gossip);
        SelfClaim().Write(_writer);
        _writer.End(mark);
        output.Send(to, Carrier.Datagram, _writer.Written);
    }

    private void ScheduleExchange(TimeSpan now) =>
        _exchangesAt = now + Draw(_options.ExchangeIntervalMin, _options.ExchangeIntervalMax);

    private void SeeToExchange(TimeSpan now, Output<MembershipEvent> output)
    {
        if (now < _exchangesAt)
        {
            return;
        }

        ScheduleExchange(now);
        foreach (var peer in _roster.DrawPresent(1))
        {
            SendDigest(peer.Id, output);
        }
    }

    private void SendDigest(ProcessId to, Output<MembershipEvent> output)
    {
        var mark = Begin(DetectorMessage.Digest);
        _writer.WriteUInt64(_roster.Digest(_self.Id, Incarnation));
        _writer.End(mark);
        SendDatagram(to, output);
    }

    private void OnDigest(ProcessId from, ulong digest, Output<MembershipEvent> output)
    {
        if (digest != _roster.Digest(_self.Id, Incarnation))
        {
            SendState(from, wantsReturn: true, output);
        }
    }

    private void SendState(ProcessId to, bool wantsReturn, Output<MembershipEvent> output)
    {
        var mark = Begin(DetectorMessage.State);
        _writer.WriteBoolean(wantsReturn);
        SelfClaim().Write(_writer);
        foreach (var peer in _roster.Peers)
        {
            var isForgotten = _flaw == DetectorFlaw.ForgetsTheDead && peer.Status == MemberStatus.Dead;
            if ((peer.Incarnation.IsKnown || peer.Status != MemberStatus.Alive) && !isForgotten)
            {
                peer.Claim().Write(_writer);
            }
        }

        _writer.End(mark);
        output.Send(to, Carrier.Stream, _writer.Written);
    }

    private void SeeToGoodbye(TimeSpan now, Output<MembershipEvent> output)
    {
        if (_goodbye is not { IsDone: false } goodbye)
        {
            return;
        }

        if (now >= goodbye.DeadUntil)
        {
            goodbye.Waiting.RemoveAll(id => !_roster.TryFind(id, out var peer) || !peer.IsPresent);
        }

        if (goodbye.Waiting.Count == 0 || now >= goodbye.EndsAt)
        {
            goodbye.IsDone = true;
            output.Emit(new MembershipEvent(MembershipChange.Departed, _self.Id, Incarnation));
            return;
        }

        if (now >= goodbye.RepeatAt)
        {
            goodbye.RepeatAt = now + GoodbyeRepeat;
            foreach (var to in goodbye.Waiting)
            {
                Tell(to, output);
            }
        }
    }

    private void AcknowledgeGoodbye(ProcessId to, Incarnation incarnation, Output<MembershipEvent> output)
    {
        var mark = Begin(DetectorMessage.GoodbyeReceipt);
        incarnation.Write(_writer);
        _writer.End(mark);
        output.Send(to, Carrier.Datagram, _writer.Written);
    }

    private void OnGoodbyeReceipt(
        ProcessId from, Incarnation incarnation, TimeSpan now, Output<MembershipEvent> output)
    {
        if (_goodbye is { } goodbye && goodbye.Claim.Incarnation == incarnation && goodbye.Waiting.Remove(from))
        {
            SeeToGoodbye(now, output);
        }
    }
}
