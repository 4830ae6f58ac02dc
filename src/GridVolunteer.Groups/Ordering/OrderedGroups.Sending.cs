using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Ordering;

/// <content>What is sent.</content>
public sealed partial class OrderedGroups
{
    /// <summary>What a frame may need beside the payload of one message.</summary>
    private const int FrameRoomBytes = 16 * 1024;

    private readonly WireWriter _writer = new();
    private readonly Frame _outgoing = new();
    private readonly List<FrameMessage> _batch = [];
    private ulong _sendNumber;

    /// <summary>
    /// Sends a message to one group or several that this process is in. It is delivered to this process too. False,
    /// and nothing happens, when it is in no view of one of them, leaves it, or too much waits already. Members of
    /// several of the groups are told it in each of them.
    /// </summary>
    /// <param name="groups">The groups; none twice.</param>
    /// <param name="payload">What to send; it is not copied, so must not change.</param>
    /// <param name="delivery">How it is to be delivered.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    /// <exception cref="ArgumentException">
    /// The message is too long, there is no group, or there is no such delivery.
    /// </exception>
    /// <exception cref="NotSupportedException">
    /// It is for several groups, and total or time-stamped: such a message would need one place in all of them.
    /// </exception>
    /// <exception cref="InvalidOperationException">The time is not measured: see <see cref="Time"/>.</exception>
    public bool TrySend(
        ReadOnlySpan<GroupId> groups,
        ReadOnlyMemory<byte> payload,
        Delivery delivery,
        TimeSpan now,
        Output<OrderedEvent> output)
    {
        if (!delivery.IsMeaningful())
        {
            throw new ArgumentException(
                $"'{delivery}' is no delivery: it has one level at most, Safe or not.", nameof(delivery));
        }

        if (groups.Length == 0)
        {
            throw new ArgumentException("A message goes to one group at least.", nameof(groups));
        }

        if (groups.Length > 1 && delivery.Level() >= Delivery.Total)
        {
            throw new NotSupportedException(
                "A message to several groups has no place in their order yet: send it to each, or as Causal.");
        }

        if (delivery.Level() == Delivery.GlobalTime && _time.Estimate is null)
        {
            throw new InvalidOperationException(
                "The time is not measured yet, so nothing can be stamped with it. A source of the time has to be named "
                + "(FollowTime; of a node, TimeSource), and to have answered.");
        }

        foreach (var id in groups)
        {
            if (!MayTake(id, payload))
            {
                return false;
            }
        }

        now = Begin(now);
        foreach (var id in groups)
        {
            var group = _groups[id];
            group.Outgoing.Enqueue(new Outgoing(new FrameMessage(delivery, payload, 0), now, ++_sendNumber));
            group.OutgoingSizeBytes += payload.Length;
            Schedule(group, now);
        }

        return true;
    }

    private bool MayTake(GroupId id, ReadOnlyMemory<byte> payload)
    {
        if (!_groups.TryGetValue(id, out var group) || group.View is null || group.Member.IsLeaving
            || group.Outgoing.Count + group.Outstanding >= _options.PendingMessagesMax)
        {
            return false;
        }

        var sizeBytesMax = Math.Min(group.Options.PayloadSizeBytesMax, (1 << 20) - FrameRoomBytes);
        return payload.Length <= sizeBytesMax
            ? true
            : throw new ArgumentException(
                $"A message has at most {sizeBytesMax} bytes; this one has {payload.Length}.", nameof(payload));
    }

    /// <summary>Sees to it that what is to be sent in a group is sent soon.</summary>
    private void Schedule(OrderedGroup group, TimeSpan now)
    {
        if (group.IsOut || group.Current is not { } current || !group.Member.HasRoom
            || group.Member.View!.Number != current.Number || (!group.Owes && !MaySend(group)))
        {
            group.FlushAt = TimeSpan.MaxValue;
        }
        else if (group.FlushAt == TimeSpan.MaxValue)
        {
            group.FlushAt = Later(now + _options.BatchDelay, group.FlushedAt + FrameInterval(group));
        }
    }

    /// <summary>Where giving places takes long, frames that are further apart cost little, and are fewer.</summary>
    private TimeSpan FrameInterval(OrderedGroup group) => Earlier(group.Turnaround / 2, _options.FrameIntervalMax);

    /// <summary>True when the first message that waits may leave.</summary>
    private bool MaySend(OrderedGroup group)
    {
        if (!group.Outgoing.TryPeek(out var first))
        {
            return false;
        }

        return first.Kind switch
        {
            FrameKind.Timed => group.Current!.HasBegun && _time.Estimate is not null,
            FrameKind.Plain when first.IsCausal => HasPassedBarrier(group, first),
            _ => true,
        };
    }

    /// <summary>
    /// True when what a causal message follows in other groups is with all of their members (as Birman, Schiper and
    /// Stephenson delay a sender that goes from one group to another).
    /// </summary>
    private bool HasPassedBarrier(OrderedGroup group, Outgoing first)
    {
        if (_flaw == OrderFlaw.CausalGroupAlone)
        {
            return true;
        }

        if (group.Barrier is null || group.Barrier.Last < first.Number)
        {
            var last = _sendNumber;
            foreach (var other in _groups.Values)
            {
                if (other == group || other.IsOut)
                {
                    continue;
                }

                foreach (var waiting in other.Outgoing)
                {
                    if (waiting.IsCausal)
                    {
                        last = Math.Min(last, waiting.Number);
                        break;
                    }
                }
            }

            if (last < first.Number)
            {
                return false;
            }

            group.Barrier = RaiseBarrier(group, last);
        }

        return group.Barrier.IsPassed();
    }

    private CausalBarrier RaiseBarrier(OrderedGroup group, ulong last)
    {
        var barrier = new CausalBarrier(last);
        foreach (var other in _groups.Values)
        {
            foreach (var view in other.Views)
            {
                if (other != group && view.Plain.IsCausal)
                {
                    barrier.Add(view);
                }
            }
        }

        return barrier;
    }

    /// <summary>Sends a frame, and more while messages are left.</summary>
    private void Flush(OrderedGroup group, TimeSpan now, Output<OrderedEvent> output)
    {
        group.FlushAt = TimeSpan.MaxValue;
        group.FlushedAt = now;
        do
        {
            if (group.IsOut || group.Current is not { } current || !group.Member.HasRoom
                || group.Member.View!.Number != current.Number)
            {
                break;
            }

            var maySend = MaySend(group);
            if (!maySend && !group.Owes)
            {
                break;
            }

            SendFrame(group, current, maySend, now);
            Finish(group, now, output);
        }
        while (MaySend(group));
    }

    private void SendFrame(OrderedGroup group, OrderedView current, bool withMessages, TimeSpan now)
    {
        var frame = _outgoing;
        frame.Clear();
        frame.Clock = _clock.Next(MeasuredMicroseconds(now));
        for (var rank = 0; rank < current.Wanted.Length; rank++)
        {
            if (rank != current.Self && current.Wanted[rank] > current.ProposedUpTo(current.Self, rank))
            {
                frame.Proposals.Add(new Receipt(rank, current.Wanted[rank]));
            }
        }

        current.Plain.WriteReceipts(frame.CausalReceipts);
        frame.Ready = group.OwesReady ? group.Ready : null;
        frame.Begun = group.OwesBegun ? group.View!.Number : null;
        frame.WantsAnswer = group.WantsAnswer;
        (group.OwesReady, group.OwesBegun, group.OwesAnswer, group.WantsAnswer) = (false, false, false, false);
        _batch.Clear();
        if (withMessages)
        {
            TakeBatch(group, frame, now);
        }

        _writer.Clear();
        frame.Write(_writer, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_batch));
        group.Member.SendNow(_writer.Written.ToArray(), now, _inner);
    }

    /// <summary>Takes as many messages of one kind as go into a frame, one at least.</summary>
    private void TakeBatch(OrderedGroup group, Frame frame, TimeSpan now)
    {
        var sizeBytes = 0;
        var isCausal = false;
        frame.Kind = group.Outgoing.Peek().Kind;
        while (group.Outgoing.TryPeek(out var next) && next.Kind == frame.Kind)
        {
            sizeBytes += next.Message.Payload.Length + 16;
            if ((_batch.Count > 0 && sizeBytes > _options.BatchSizeBytesMax)
                || (_batch.Count > 0 && next.IsCausal && !HasPassedBarrier(group, next)))
            {
                break;
            }

            group.Outgoing.Dequeue();
            group.OutgoingSizeBytes -= next.Message.Payload.Length;
            if (next.IsCausal)
            {
                isCausal = true;
            }

            _batch.Add(next.Kind == FrameKind.Timed ? Stamp(next, frame.Clock, now) : next.Message);
        }

        if (frame.Kind != FrameKind.Plain)
        {
            group.Outstanding += _batch.Count;
        }
        else if (isCausal)
        {
            group.Current!.Plain.WriteFollows(frame.Follows);
        }
    }
}
