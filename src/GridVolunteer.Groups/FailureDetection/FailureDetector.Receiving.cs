using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.FailureDetection;

/// <content>Reading messages: each wholly, before anything follows from it.</content>
public sealed partial class FailureDetector
{
    private static readonly TimeSpan NackAfterMax = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public void Receive(
        ProcessId from, ReadOnlySpan<byte> message, TimeSpan now, Output<MembershipEvent> output)
    {
        now = Advance(now);
        if (message.Length > MessageSizeBytesMax)
        {
            Refusals.Count(RefusalReason.TooLong);
            return;
        }

        if (from == _self.Id)
        {
            Refusals.Count(RefusalReason.NotEntitled);
            return;
        }

        var reader = new WireReader(message);
        while (reader.TryReadMessage(out var kind, out _, out var body))
        {
            Read(from, (DetectorMessage)kind, ref body, now, output);
            if (body.Failed)
            {
                Refusals.Count(RefusalReason.Malformed);
                return;
            }
        }

        if (!reader.AtEnd || message.IsEmpty)
        {
            Refusals.Count(RefusalReason.Malformed);
        }
    }

    private void Read(
        ProcessId from, DetectorMessage kind, ref WireReader body, TimeSpan now, Output<MembershipEvent> output)
    {
        switch (kind)
        {
            case DetectorMessage.Ping or DetectorMessage.Ack:
                ReadPing(from, kind, ref body, now, output);
                break;
            case DetectorMessage.PingRequest:
                ReadPingRequest(from, ref body, now, output);
                break;
            case DetectorMessage.Nack:
                var nacked = ReadSequence(ref body);
                if (!body.Failed && _probe?.Sequence == nacked)
                {
                    _probe.Nack(from);
                }

                break;
            case DetectorMessage.Gossip:
                HearAll(from, ref body, compared: false, now, output);
                break;
            case DetectorMessage.Digest:
                var digest = body.ReadUInt64();
                if (!body.Failed && MayTell(from))
                {
                    OnDigest(from, digest, output);
                }

                break;
            case DetectorMessage.State:
                var wantsReturn = body.ReadBoolean();
                if (HearAll(from, ref body, compared: true, now, output) && wantsReturn)
                {
                    SendState(from, wantsReturn: false, output);
                }

                break;
            case DetectorMessage.GoodbyeReceipt:
                var incarnation = Incarnation.Read(ref body);
                if (!body.Failed)
                {
                    OnGoodbyeReceipt(from, incarnation, now, output);
                }

                break;
            default:
                Refusals.Count(RefusalReason.UnknownKind);
                break;
        }
    }

    private void ReadPing(
        ProcessId from, DetectorMessage kind, ref WireReader body, TimeSpan now, Output<MembershipEvent> output)
    {
        var sequence = ReadSequence(ref body);
        var onStream = body.ReadBoolean();
        if (body.Failed)
        {
            return;
        }

        if (kind == DetectorMessage.Ping)
        {
            // Whoever asks is answered: it may watch this process before this process watches it.
            OnPing(from, sequence, onStream, output);
            if (_options.LearnsMembers && _goodbye is null && !_roster.TryFind(from, out _))
            {
                // A newcomer whose announcement got lost: it answers this with all it knows, itself included.
                SendDigest(from, output);
            }
        }
        else
        {
            OnAck(from, sequence, onStream, now, output);
        }
    }

    private void ReadPingRequest(
        ProcessId from, ref WireReader body, TimeSpan now, Output<MembershipEvent> output)
    {
        var sequence = ReadSequence(ref body);
        var target = body.ReadProcess();
        var nackAfter = body.ReadDuration(NackAfterMax);
        if (body.Failed)
        {
            return;
        }

        // Only members may have this process send to somebody, and only to somebody it watches itself.
        if (!_roster.TryFind(from, out _) || !_roster.TryFind(target, out _))
        {
            Refusals.Count(RefusalReason.NotEntitled);
            return;
        }

        OnPingRequest(from, sequence, target, nackAfter, now, output);
    }

    private bool HearAll(
        ProcessId from, ref WireReader body, bool compared, TimeSpan now, Output<MembershipEvent> output)
    {
        _claims.Clear();
        while (body.Remaining > 0 && _claims.Count <= _options.MembersMax)
        {
            _claims.Add(MemberClaim.Read(ref body));
        }

        if (body.Failed || !MayTell(from))
        {
            return false;
        }

        foreach (var claim in _claims)
        {
            Hear(from, claim, compared, now, output);
            if (claim.Status == MemberStatus.Left && claim.Subject == from)
            {
                AcknowledgeGoodbye(from, claim.Incarnation, output);
            }
        }

        return true;
    }

    private bool MayTell(ProcessId from)
    {
        if (_options.LearnsMembers || _roster.TryFind(from, out _))
        {
            return true;
        }

        Refusals.Count(RefusalReason.NotEntitled);
        return false;
    }

    private static uint ReadSequence(ref WireReader body)
    {
        var sequence = body.ReadVarint();
        if (sequence is 0 or > uint.MaxValue)
        {
            body.Fail();
            return 0;
        }

        return (uint)sequence;
    }
}
