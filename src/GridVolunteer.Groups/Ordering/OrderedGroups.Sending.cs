using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
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
    /// several of the groups are told it in each of them. A total or time-stamped one to several groups has one place in
    /// all of them, or is told in none; it is void when this process is excluded from one of them, or leaves it, before
    /// all have it. Where nobody is left who knows what has become of it in another group, it is dropped
    /// (<see cref="JointsGivenUp"/>), and may have been told elsewhere.
    /// </summary>
    /// <param name="groups">The groups; none twice, and 8 at most for a total or time-stamped message.</param>
    /// <param name="payload">What to send; it is not copied, so must not change.</param>
    /// <param name="delivery">How it is to be delivered.</param>
    /// <param name="now">The time.</param>
    /// <param name="output">Where to say what follows.</param>
    /// <exception cref="ArgumentException">
    /// The message is too long, there is no group, one is named twice, there are too many, or there is no such delivery.
    /// </exception>
    /// <exception cref="InvalidOperationException">The time is not measured: see <see cref="Time"/>.</exception>
    public bool TrySend(
        ReadOnlySpan<GroupId> groups,
        ReadOnlyMemory<byte> payload,
        Delivery delivery,
        TimeSpan now,
        Output<OrderedEvent> output) =>
        TrySend(groups, new ReadOnlySpan<ReadOnlyMemory<byte>>(in payload), delivery, now, output);

    /// <summary>As the other, with a payload for each group, or one for all.</summary>
    internal bool TrySend(
        ReadOnlySpan<GroupId> groups,
        ReadOnlySpan<ReadOnlyMemory<byte>> payloads,
        Delivery delivery,
        TimeSpan now,
        Output<OrderedEvent> output)
    {
        RequireSendable(groups, delivery);
        for (var i = 0; i < groups.Length; i++)
        {
            if (!MayTake(groups[i], payloads[i % payloads.Length]))
            {
                return false;
            }
        }

        now = Begin(now);
        var joint = groups.Length > 1 && delivery.Level() >= Delivery.Total ? MakeJointSend(groups) : null;
        for (var i = 0; i < groups.Length; i++)
        {
            var payload = payloads[i % payloads.Length];
            var group = _groups[groups[i]];
            group.Outgoing.Enqueue(
                new Outgoing(new FrameMessage(delivery, payload, 0), now, ++_sendNumber) { Joint = joint });
            group.OutgoingSizeBytes += payload.Length;
        }

        foreach (var id in groups)
        {
            Schedule(_groups[id], now);
        }

        return true;
    }

    private void RequireSendable(ReadOnlySpan<GroupId> groups, Delivery delivery)
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

        for (var i = 1; i < groups.Length; i++)
        {
            if (groups[..i].Contains(groups[i]))
            {
                throw new ArgumentException($"Group {groups[i]} is named twice.", nameof(groups));
            }
        }

        if (groups.Length > JointGroup.GroupsMax && delivery.Level() >= Delivery.Total)
        {
            throw new ArgumentException(
                $"A message with one place in several groups goes to {JointGroup.GroupsMax} at most; these are "
                + $"{groups.Length}.",
                nameof(groups));
        }

        if (delivery.Level() == Delivery.GlobalTime && _time.Estimate is null)
        {
            throw new InvalidOperationException(
                "The time is not measured yet, so nothing can be stamped with it. A source of the time has to be named "
                + "(FollowTime; of a node, TimeSource), and to have answered.");
        }
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
        DropDead(group);
        if (!group.Outgoing.TryPeek(out var first) || !group.Current!.TakesMessages)
        {
            return false;
        }

        if (first.Joint is { } joint && !MaySend(joint))
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

            if (maySend && group.Outgoing.Peek().Joint is { } joint)
            {
                SendJoint(joint, now, output);
            }
            else
            {
                SendFrame(group, current, maySend, now);
                Finish(group, now, output);
            }
        }
        while (MaySend(group));
    }

    private void SendFrame(OrderedGroup group, OrderedView current, bool withMessages, TimeSpan now)
    {
        var frame = BeginFrame(group, current, _clock.Next(MeasuredMicroseconds(now)));
        _batch.Clear();
        if (withMessages)
        {
            TakeBatch(group, frame, now);
        }

        SendFrame(group, frame, now, _inner);
    }

    private void SendFrame(OrderedGroup group, Frame frame, TimeSpan now, Output<GroupEvent> inner)
    {
        _writer.Clear();
        frame.Write(_writer, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_batch));
        group.Member.SendNow(_writer.Written.ToArray(), now, inner);
    }

    /// <summary>Begins a frame with all that others wait for.</summary>
    private Frame BeginFrame(OrderedGroup group, OrderedView current, ulong clock)
    {
        var frame = _outgoing;
        frame.Clear();
        frame.Clock = clock;
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
        frame.IsFull = group.IsFull;
        WriteNews(group, frame);
        return frame;
    }

    /// <summary>Takes as many messages of one kind as go into a frame, one at least.</summary>
    private void TakeBatch(OrderedGroup group, Frame frame, TimeSpan now)
    {
        var sizeBytes = 0;
        var isCausal = false;
        frame.Kind = group.Outgoing.Peek().Kind;
        while (group.Outgoing.TryPeek(out var next) && next.Kind == frame.Kind && next.Joint is null)
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
