using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.FailureDetection;

/// <content>Pinging, asking others, and what follows when nothing is heard.</content>
public sealed partial class FailureDetector
{
    private void SeeToProbe(TimeSpan now, Output<MembershipEvent> output)
    {
        if (_probe is { HasAsked: false } waiting && now >= waiting.AskAt)
        {
            Ask(waiting, now, output);
        }

        if (_probe is { } failed && now >= failed.EndsAt)
        {
            _probe = null;
            Fail(failed, now, output);
        }

        if (_probe is null && now >= _probesAt)
        {
            BeginProbe(now, output);
        }
    }

    private void BeginProbe(TimeSpan now, Output<MembershipEvent> output)
    {
        _probesAt = now + (_options.Period * _health.Multiplier);
        if (_roster.NextToProbe() is not { } target)
        {
            return;
        }

        var timeout = _health.Multiplier * target.RoundTrip.Timeout(
            _options.Period / 2, _options.ProbeTimeoutMin, _options.ProbeTimeoutMax);
        _probe = new Probe(target, NextSequence()) { AskAt = now + timeout, NextAt = _probesAt };
        // A far process gets as long for the answers of others as for its own.
        _probe.EndsAt = Max(_probesAt, now + (timeout * 2));
        _probesAt = _probe.EndsAt;
        Ping(target.Id, _probe.Sequence, Carrier.Datagram, now, output);
        if (!target.Incarnation.IsKnown)
        {
            // It may not have got the first one, and so not know this process.
            SendDigest(target.Id, output);
        }
    }

    private void Ask(Probe probe, TimeSpan now, Output<MembershipEvent> output)
    {
        probe.HasAsked = true;
        if (_flaw == DetectorFlaw.NoSecondOpinion)
        {
            return;
        }

        var nackAfter = (probe.EndsAt - Max(probe.AskAt, now)) * 0.8;
        foreach (var relay in _roster.DrawPresent(_options.IndirectProbes, probe.Target))
        {
            probe.Relays.Add(relay.Id);
        }

        foreach (var relay in probe.Relays)
        {
            var mark = Begin(DetectorMessage.PingRequest);
            _writer.WriteVarint(probe.Sequence);
            _writer.WriteProcess(probe.Target.Id);
            _writer.WriteDuration(Max(nackAfter, TimeSpan.Zero));
            _writer.End(mark);
            SendDatagram(relay, output);
        }

        Ping(probe.Target.Id, probe.Sequence, Carrier.Stream, now, output);
    }

    private void Fail(Probe probe, TimeSpan now, Output<MembershipEvent> output)
    {
        // Those who were asked would have said that they heard nothing. If they did not, the fault is here.
        _health.Worsen(probe.Relays.Count == 0 ? 1 : probe.MissingNacks);
        var target = probe.Target;
        if (target.IsPresent)
        {
            Suspect(target, target.Incarnation, _self.Id, now, output);
        }
    }

    private void Ping(
        ProcessId to, uint sequence, Carrier carrier, TimeSpan now, Output<MembershipEvent> output)
    {
        var mark = Begin(DetectorMessage.Ping);
        _writer.WriteVarint(sequence);
        _writer.WriteBoolean(carrier == Carrier.Stream);
        _writer.End(mark);
        if (carrier == Carrier.Datagram)
        {
            _pings.Add(sequence, to, now);
            SendDatagram(to, output);
        }
        else
        {
            output.Send(to, carrier, _writer.Written);
        }
    }

    private void OnPing(ProcessId from, uint sequence, bool onStream, Output<MembershipEvent> output)
    {
        var mark = Begin(DetectorMessage.Ack);
        _writer.WriteVarint(sequence);
        _writer.WriteBoolean(onStream);
        _writer.End(mark);
        if (onStream)
        {
            output.Send(from, Carrier.Stream, _writer.Written);
        }
        else
        {
            SendDatagram(from, output);
        }
    }

    private void OnAck(
        ProcessId from, uint sequence, bool onStream, TimeSpan now, Output<MembershipEvent> output)
    {
        if (_relays.TryAnswer(sequence, from, out var relayed))
        {
            Answer(DetectorMessage.Ack, relayed, output);
            return;
        }

        if (!onStream && _pings.TryAnswer(sequence, from, out var sentAt) && _roster.TryFind(from, out var peer))
        {
            peer.RoundTrip.Add(now - sentAt);
        }

        if (_probe is { } probe && probe.Sequence == sequence && probe.Concerns(from))
        {
            _probe = null;
            _health.Improve();
            _probesAt = Max(now, probe.NextAt);
        }
    }

    private void OnPingRequest(
        ProcessId from, uint sequence, ProcessId target, TimeSpan nackAfter, TimeSpan now,
        Output<MembershipEvent> output)
    {
        if (_relays.IsFull)
        {
            Refusals.Count(RefusalReason.OverLimit);
            return;
        }

        var own = NextSequence();
        _relays.Add(new RelayBook.Entry(own, target, from, sequence, now + nackAfter));
        Ping(target, own, Carrier.Datagram, now, output);
    }

    private void SeeToRelays(TimeSpan now, Output<MembershipEvent> output)
    {
        if (now < _relays.Due)
        {
            return;
        }

        while (_relays.TryExpire(now, out var silent))
        {
            Answer(DetectorMessage.Nack, silent, output);
        }
    }

    private void Answer(DetectorMessage message, RelayBook.Entry relayed, Output<MembershipEvent> output)
    {
        var mark = Begin(message);
        _writer.WriteVarint(relayed.OriginSequence);
        if (message == DetectorMessage.Ack)
        {
            _writer.WriteBoolean(true);
        }

        _writer.End(mark);
        SendDatagram(relayed.Origin, output);
    }

    private uint NextSequence()
    {
        _sequence = _sequence == uint.MaxValue ? 1 : _sequence + 1;
        return _sequence;
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
