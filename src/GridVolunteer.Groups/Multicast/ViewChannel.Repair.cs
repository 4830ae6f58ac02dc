using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Multicast;

/// <content>Receipts, what is sent again, and what is asked for.</content>
internal sealed partial class ViewChannel
{
    private static readonly TimeSpan IdleInterval = TimeSpan.FromSeconds(5);

    /// <summary>Does what is due.</summary>
    public void Tick(TimeSpan now)
    {
        if (now >= _linksAt)
        {
            SeeToLinks(now);
        }

        if (now >= _repeatsAt && !IsFrozen)
        {
            // The last of a row of messages may be lost everywhere: only its number shows that.
            var isWithAll = _acks.Stable(_self) == _sequence;
            _repeatsAt = isWithAll ? TimeSpan.MaxValue : now + Later(_options.RepeatAfter, _options.StabilityInterval);
            if (!isWithAll)
            {
                SendStatusToAll(wantsAnswer: true);
            }
        }

        if (now >= _stabilityAt)
        {
            SeeToStability(now);
        }

        if (IsFrozen)
        {
            _repeatsAt = TimeSpan.MaxValue;
        }
    }

    private void SeeToLinks(TimeSpan now)
    {
        _linksAt = TimeSpan.MaxValue;
        for (var rank = 0; rank < _links.Length; rank++)
        {
            var link = _links[rank];
            if (now >= link.AckAt)
            {
                SendStatus(rank, wantsAnswer: false);
            }

            if (now >= link.NakAt)
            {
                AskFor(rank, now);
            }

            if (now >= link.ResendAt)
            {
                ResendTo(rank, now);
            }

            _linksAt = Earlier(_linksAt, Earlier(link.AckAt, Earlier(link.NakAt, link.ResendAt)));
        }
    }

    private void SeeToStability(TimeSpan now)
    {
        if (!IsFrozen && (Kept > 0 || !AllHeard))
        {
            SendStatusToAll(wantsAnswer: true);
            _stabilityAt = now + _options.StabilityInterval;
        }
        else
        {
            // One that was left out and has nothing to say would never hear of it.
            _stabilityAt = now + IdleInterval;
            if (!IsFrozen && _links.Length > 1)
            {
                SendStatus((_self + 1 + _random.Next(_links.Length - 1)) % _links.Length, wantsAnswer: false);
            }
        }
    }

    private void NoteInstability(TimeSpan now) =>
        _stabilityAt = _links.Length > 1 && Kept > 0
            ? Earlier(_stabilityAt, now + _options.StabilityInterval)
            : _stabilityAt;

    private void OweReceipt(int origin, TimeSpan now)
    {
        var link = _links[origin];
        if (++link.AcksOwed >= AcksOwedMax)
        {
            SendStatus(origin, wantsAnswer: false);
            return;
        }

        link.AckAt = Earlier(link.AckAt, now + _options.AckDelay);
        _linksAt = Earlier(_linksAt, link.AckAt);
    }

    private void NoteGap(int origin, TimeSpan now)
    {
        var link = _links[origin];
        if (!_logs[origin].HasGap)
        {
            link.NakAt = TimeSpan.MaxValue;
            link.NaksSent = 0;
        }
        else if (link.NakAt == TimeSpan.MaxValue)
        {
            link.NakAt = now + NakDelay();
            _linksAt = Earlier(_linksAt, link.NakAt);
        }
    }

    private TimeSpan NakDelay() =>
        _options.NakDelayMin + ((_options.NakDelayMax - _options.NakDelayMin) * _random.NextDouble());

    /// <summary>Asks for what is missing of a sender's: first the sender, then whoever is known to have it.</summary>
    private void AskFor(int origin, TimeSpan now)
    {
        var log = _logs[origin];
        var link = _links[origin];
        if (IsFrozen || !log.HasGap)
        {
            link.NakAt = TimeSpan.MaxValue;
            return;
        }

        SendNak(PickHolder(origin, log.Contiguous + 1, link.NaksSent), origin, log.Announced);
        link.NakAt = now + (NakDelay() * (1 << Math.Min(link.NaksSent, 5)));
        link.NaksSent++;
    }

    private int PickHolder(int origin, ulong sequence, int asked)
    {
        if (asked % 2 == 0 && !_links[origin].IsFailed)
        {
            return origin;
        }

        var start = _random.Next(_links.Length);
        for (var i = 0; i < _links.Length; i++)
        {
            var rank = (start + i) % _links.Length;
            if (rank != _self && _acks.Holds(rank, origin, sequence))
            {
                return rank;
            }
        }

        return origin;
    }

    private void SendNak(int to, int origin, ulong last)
    {
        Span<ulong> missing = stackalloc ulong[NakMessagesMax];
        var count = _logs[origin].FindMissing(last, missing);
        _post.Begin(GroupMessage.Nak, View.Number);
        _post.Writer.WriteCount(origin);
        _post.Writer.WriteCount(count);
        foreach (var sequence in missing[..count])
        {
            _post.Writer.WriteVarint(sequence);
        }

        _post.Send(View.Ids[to]);
    }

    private void ResendTo(int rank, TimeSpan now)
    {
        var link = _links[rank];
        var acknowledged = _acks[rank, _self];
        if (IsFrozen || link.IsFailed || acknowledged >= _sequence)
        {
            link.ResendAt = TimeSpan.MaxValue;
            return;
        }

        var sent = 0;
        for (var sequence = acknowledged + 1; sequence <= _sequence && sent < ResendMessagesMax; sequence++)
        {
            if (!_acks.Holds(rank, _self, sequence))
            {
                Resend(rank, _self, sequence);
                sent++;
            }
        }

        link.Doublings++;
        link.ResendAt = now + ResendTimeout(link);
    }

    private void ScheduleResend(int rank, TimeSpan now)
    {
        var link = _links[rank];
        link.Doublings = 0;
        link.ResendAt = _acks[rank, _self] >= _sequence ? TimeSpan.MaxValue : now + ResendTimeout(link);
        _linksAt = Earlier(_linksAt, link.ResendAt);
    }

    private TimeSpan ResendTimeout(MemberLink link)
    {
        var timeout = link.RoundTrip.Timeout(_options.ResendMin * 2, _options.ResendMin, _options.ResendMax);
        return Earlier(timeout * (1 << Math.Min(link.Doublings, 6)), _options.ResendMax);
    }

    /// <summary>Learns the round trip from a receipt of something that was sent only once.</summary>
    private void Measure(int from, ulong before, TimeSpan now)
    {
        var newest = _acks[from, _self];
        TimeSpan? sentAt = null;
        for (var sequence = before + 1; sequence <= newest; sequence++)
        {
            if (!_logs[_self].TryGet(sequence, out var message) || message.WasResent)
            {
                // What came after it waited for it.
                return;
            }

            sentAt = message.SentAt;
        }

        if (sentAt is { } sent)
        {
            _links[from].RoundTrip.Add(now - sent);
        }
    }

    private void Resend(int to, int origin, ulong sequence)
    {
        if (_flaw != GroupFlaw.NoRepair && _logs[origin].TryGet(sequence, out var message))
        {
            message.WasResent = true;
            WriteData(origin, sequence, message.Payload, message.IsSafe);
            _post.Send(View.Ids[to]);
        }
    }

    private void WriteData(int origin, ulong sequence, ReadOnlyMemory<byte> payload, bool isSafe)
    {
        _post.Begin(GroupMessage.Data, View.Number);
        _post.Writer.WriteCount(origin);
        _post.Writer.WriteVarint(sequence);
        _post.Writer.WriteVarint(_logs[origin].Stable);
        _post.Writer.WriteBoolean(isSafe);
        _post.Writer.WriteBytes(payload.Span);
    }

    private void SendStatus(int to, bool wantsAnswer)
    {
        _links[to].AckAt = TimeSpan.MaxValue;
        _links[to].AcksOwed = 0;
        WriteStatus(wantsAnswer);
        _post.Send(View.Ids[to]);
    }

    private void SendStatusToAll(bool wantsAnswer)
    {
        foreach (var link in _links)
        {
            link.AckAt = TimeSpan.MaxValue;
            link.AcksOwed = 0;
        }

        WriteStatus(wantsAnswer);
        _post.SendToAll(View.Ids);
    }

    private void WriteStatus(bool wantsAnswer)
    {
        _post.Begin(GroupMessage.Status, View.Number);
        _post.Writer.WriteBoolean(wantsAnswer);
        _post.Writer.WriteVarint(_sequence);
        foreach (var log in _logs)
        {
            _post.Writer.WriteVarint(log.Contiguous);
            _post.Writer.WriteVarint(log.Bitmap());
        }
    }

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
