using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Ordering;

/// <content>
/// Joint messages: those that have one place in several groups. Skeen's rule once more, with whole groups in the place of
/// processes (Fritzke, Ingels, Mostéfaoui and Raynal, <i>Fault-tolerant total order multicast to asynchronous groups</i>,
/// 1998): each group gives its copy a place, and the greatest counts.
/// </content>
public sealed partial class OrderedGroups
{
    // Only one frame is under way at a time, so more goes into it.
    private const int JointBatchFactor = 8;

    // Questions and answers get lost, and not everybody knows.
    private const int JointAskedAtOnce = 3;

    private static readonly TimeSpan JointRepeat = TimeSpan.FromMilliseconds(500);

    // Who does not answer may be back; but what waits behind the message cannot wait for ever.
    private static readonly TimeSpan JointPatience = TimeSpan.FromSeconds(10);

    // The copies of this process's last joint message.
    private readonly List<JointCopy> _sentJoint = [];
    // Those that were under way when this process went out of one of their groups: it cannot know whether all there were told.
    private readonly List<ulong> _pendingJoints = [];
    private ulong _jointNumber;
    private TimeSpan _jointsAt = TimeSpan.MaxValue;

    /// <summary>
    /// Joint messages that were dropped in a group because nobody was left who could say what the other groups know of them.
    /// </summary>
    public long JointsGivenUp { get; private set; }

    /// <summary>Hears of each message of those; set by the simulator, which excuses no other.</summary>
    internal Action<FrameMessage>? JointGivenUp { get; init; }

    private JointSend MakeJointSend(ReadOnlySpan<GroupId> ids)
    {
        var groups = new OrderedGroup[ids.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = _groups[ids[i]];
        }

        Array.Sort(groups, (a, b) => a.Id.CompareTo(b.Id));
        return new JointSend(groups);
    }

    /// <summary>Drops what waits for one of its groups that this process is out of: it goes to all of them or to none.</summary>
    private static void DropDead(OrderedGroup group)
    {
        while (group.Outgoing.TryPeek(out var first) && first.Joint is { IsDead: true })
        {
            group.Outgoing.Dequeue();
            group.OutgoingSizeBytes -= first.Message.Payload.Length;
        }
    }

    /// <summary>
    /// True when a joint message may leave: it is the first in the rows of all its groups, each can send, and each view has its
    /// place. With that no two messages can wait for each other's views. And all have been told of the one before.
    /// </summary>
    private bool MaySend(JointSend joint)
    {
        foreach (var group in joint.Groups)
        {
            DropDead(group);
            if (group.IsOut || group.Current is not { HasBegun: true, TakesMessages: true } current || !group.Member.HasRoom
                || group.Member.View!.Number != current.Number
                || !group.Outgoing.TryPeek(out var first) || first.Joint != joint)
            {
                return false;
            }
        }

        foreach (var copy in _sentJoint)
        {
            if (!copy.IsOver && _flaw != OrderFlaw.JointPipelined)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Sends a joint message, and those behind it to the same groups, in one frame to each, all at one time.</summary>
    private void SendJoint(JointSend first, TimeSpan now, Output<OrderedEvent> output)
    {
        var clock = _clock.Next(MeasuredMicroseconds(now));
        var groups = Array.ConvertAll(first.Groups, g => JointGroup.Of(g.Current!));
        var count = CountBatch(first);
        NotePending();
        _jointNumber++;
        _sentJoint.Clear();

        // Nothing is handled before all copies are on their way: it might end a view.
        var inners = new Output<GroupEvent>[first.Groups.Length];
        for (var i = 0; i < inners.Length; i++)
        {
            var group = first.Groups[i];
            var frame = BeginFrame(group, group.Current!, clock);
            frame.Kind = group.Outgoing.Peek().Kind;
            frame.Groups = groups;
            frame.JointNumber = _jointNumber;
            frame.JointsPending = [.. _pendingJoints];
            _batch.Clear();
            while (_batch.Count < count)
            {
                var next = group.Outgoing.Dequeue();
                group.OutgoingSizeBytes -= next.Message.Payload.Length;
                _batch.Add(frame.Kind == FrameKind.Timed ? Stamp(next, clock, now) : next.Message);
            }

            group.Outstanding += count;
            group.FlushedAt = now;
            SendFrame(group, frame, now, inners[i] = new Output<GroupEvent>());
        }

        for (var i = 0; i < inners.Length; i++)
        {
            Handle(first.Groups[i], inners[i], now, output);
        }

        Advance(now, output);
        Expel(now, output);
    }

    private void NotePending()
    {
        if (_sentJoint.Exists(c => c.Item.View.Group.IsOut))
        {
            _pendingJoints.Add(_jointNumber);
            _pendingJoints.RemoveRange(0, Math.Max(0, _pendingJoints.Count - Frame.NewsMax));
        }
    }

    /// <summary>How many messages at the head of all the rows may travel together.</summary>
    private int CountBatch(JointSend first)
    {
        var (count, sizeBytesMax) = (int.MaxValue, (long)_options.BatchSizeBytesMax * JointBatchFactor);
        foreach (var group in first.Groups)
        {
            sizeBytesMax = Math.Min(sizeBytesMax, group.Options.PayloadSizeBytesMax);
        }

        sizeBytesMax = Math.Max(sizeBytesMax, _options.BatchSizeBytesMax);
        var kind = first.Groups[0].Outgoing.Peek().Kind;
        foreach (var group in first.Groups)
        {
            var (taken, sizeBytes) = (0, 0);
            foreach (var next in group.Outgoing)
            {
                sizeBytes += next.Message.Payload.Length + 16;
                if (next.Kind != kind || next.Joint is not { } joint || !joint.IsToTheSameAs(first)
                    || (taken > 0 && sizeBytes > sizeBytesMax) || taken == count)
                {
                    break;
                }

                taken++;
            }

            count = taken;
        }

        return count;
    }

    /// <summary>True when a frame's groups have this one among them, as it is.</summary>
    private static bool IsPlausible(JointGroup[] groups, OrderedView view, int rank) =>
        Array.Find(groups, g => g.Group == view.Group.Id) is { } own
        && own.View == view.Number && own.Rank == rank && own.Life == view.View.Members[rank].Life;

    private OrderItem MakeJoint(OrderItem item, Frame frame)
    {
        if (frame.Groups.Length > 0)
        {
            var view = item.View;
            var own = Array.FindIndex(frame.Groups, g => g.Group == view.Group.Id);
            item.Joint = new JointCopy(item, frame.JointNumber, frame.Groups, own, frame.JointsPending);
            if (item.Rank == view.Self)
            {
                _sentJoint.Add(item.Joint);
            }
        }

        return item;
    }

    private static void WriteNews(OrderedGroup group, Frame frame)
    {
        frame.HoldsView = group.HoldsView;
        Move(group.OwedSure, frame.Sure);
        Move(group.OwedVerdicts, frame.Verdicts);
    }

    private static void Move<T>(List<T> from, List<T> to)
    {
        var count = Math.Min(from.Count, Frame.NewsMax);
        for (var i = 0; i < count; i++)
        {
            to.Add(from[i]);
        }

        from.RemoveRange(0, count);
    }

    private static void TakeNews(OrderedGroup group, OrderedView view, int rank, ulong sequence, Frame frame)
    {
        if (frame.Sure.Count + frame.Verdicts.Count == 0)
        {
            return;
        }

        var member = view.View.Members[rank];
        foreach (var copy in frame.Sure)
        {
            if (group.Views.Find(v => v.Number == copy.View) is { } sentIn && sentIn.View.RankOf(member) is >= 0 and var was)
            {
                sentIn.NoteSure(was, copy);
            }
        }

        foreach (var (copy, place) in frame.Verdicts)
        {
            // Whoever told it wants to know that all have heard.
            view.Wanted[rank] = sequence;
            group.Joints.Find(j => j.Id == copy)?.Tell(place, view, rank, sequence);
        }

        foreach (var each in group.Views)
        {
            if (each != view)
            {
                each.Settle();
            }
        }
    }

    /// <summary>
    /// Each group is told by one member what the others say: by the sender, while it is in the group, and then by the oldest.
    /// Told in the group's channel, it is the same to all who go on.
    /// </summary>
    private void SeeToJoints(OrderedGroup group, TimeSpan now, Output<OrderedEvent> output)
    {
        foreach (var joint in group.Joints)
        {
            if (group.Member.IsFrozen)
            {
                // It may be this process that is cut off: then nobody can answer, and nothing can be told.
                joint.GivenUpAt = TimeSpan.MaxValue;
            }
            else if (joint.Verdict is null && !joint.IsTelling && Teller(group, joint) == group.Member.Self
                && Judge(group, joint, now, output) is { } place)
            {
                joint.IsTelling = true;
                group.OwedVerdicts.Add(new JointVerdict(joint.Id, place));
            }
        }
    }

    private static MemberLife Teller(OrderedGroup group, JointCopy joint)
    {
        var current = group.Current!.View;
        return current.RankOf(joint.Sender) >= 0 ? joint.Sender : current.Members[0];
    }

    /// <summary>What the other groups say of a joint message; null while that is not known.</summary>
    private ulong? Judge(OrderedGroup group, JointCopy joint, TimeSpan now, Output<OrderedEvent> output)
    {
        if (_flaw == OrderFlaw.JointDropped && Teller(group, joint) != joint.Sender)
        {
            return 0;
        }

        // While this group is not sure, nothing follows yet; but what is void somewhere is void.
        var (greatest, isKnown, isAsked) = (0UL, joint.IsSure, joint.AskAt <= now);
        for (var i = 0; i < joint.Groups.Length; i++)
        {
            if (i == joint.Own)
            {
                continue;
            }

            switch (FateIn(joint, i))
            {
                case 0:
                    return 0;
                case { } place:
                    greatest = Math.Max(greatest, place);
                    break;
                case null when MayLearn(joint, i):
                    isKnown = false;
                    break;
                default:
                    isKnown = false;
                    if (IsLost(joint, i, now))
                    {
                        JointsGivenUp++;
                        Array.ForEach(joint.Item.Messages, m => JointGivenUp?.Invoke(m));
                        return 0;
                    }

                    if (isAsked)
                    {
                        Ask(joint, i, output);
                    }

                    joint.AskAt = isAsked ? now + JointRepeat : joint.AskAt;
                    _jointsAt = Earlier(_jointsAt, Earlier(joint.AskAt, joint.GivenUpAt));
                    break;
            }
        }

        return isKnown ? greatest : null;
    }

    /// <summary>The place of the copy in another group, 0 when it has none, null while that is not known.</summary>
    private ulong? FateIn(JointCopy joint, int other)
    {
        var named = joint.Groups[other];
        var (fate, place) = FateOf(named.Group, named.View, new MemberLife(joint.Sender.Id, named.Life), joint.Number);
        return fate switch
        {
            JointFate.Placed => place,
            JointFate.Void => 0,
            _ => joint.HeardOf(other),
        };
    }

    /// <summary>True when this process will know by itself what becomes of the copy in another group.</summary>
    private bool MayLearn(JointCopy joint, int other)
    {
        var named = joint.Groups[other];
        var sender = new MemberLife(joint.Sender.Id, named.Life);
        return FateOf(named.Group, named.View, sender, joint.Number).Fate == JointFate.Open;
    }

    /// <summary>What this process knows of a group's copy of a joint message.</summary>
    private (JointFate Fate, ulong Place) FateOf(GroupId id, ulong view, MemberLife sender, ulong number)
    {
        if (!_groups.TryGetValue(id, out var group))
        {
            return (JointFate.Unknowing, 0);
        }

        if (group.Records.Of(sender, number) is { } place)
        {
            return (place > 0 ? JointFate.Placed : JointFate.Void, place);
        }

        if (group.FirstNumber == 0 || group.FirstNumber > view || group.Records.MayHaveForgotten(view, sender, number))
        {
            return (JointFate.Unknowing, 0);
        }

        var isHere = group.Joints.Exists(j => j.Sender == sender && j.Number == number);
        if (group.LastNumber > view && !isHere)
        {
            return (JointFate.Void, 0);
        }

        // A sender whose view this is not here has sent no copy in it.
        var mayCome = group.Current is { } current && current.Number == view && current.View.RankOf(sender) >= 0;
        return (!group.IsOut && (isHere || mayCome) ? JointFate.Open : JointFate.Unknowing, 0);
    }

    /// <summary>True when nobody who could know has answered for long, or all have said that they do not.</summary>
    private bool IsLost(JointCopy joint, int other, TimeSpan now)
    {
        if (joint.GivenUpAt == TimeSpan.MaxValue)
        {
            joint.GivenUpAt = now + JointPatience;
        }

        return joint.GivenUpAt <= now || joint.IsUnknownToAll(other, Self);
    }

    private void Ask(JointCopy joint, int other, Output<OrderedEvent> output)
    {
        var named = joint.Groups[other];
        for (var i = 0; i < JointAskedAtOnce && joint.NextToAsk(other, Self, _failed) is { } contact; i++)
        {
            _post.SendJointRequest(named, joint.Number, joint.Sender.Id, contact, output);
        }
    }

    private void ReceiveJoint(
        GroupId id, ProcessId from, OrderingMessage kind, ref WireReader body, TimeSpan now, Output<OrderedEvent> output)
    {
        var view = body.ReadVarint();
        var sender = MemberLife.Read(ref body);
        var number = body.ReadVarint();
        var fate = kind == OrderingMessage.JointAnswer ? (JointFate)body.ReadByte() : JointFate.Open;
        var place = kind == OrderingMessage.JointAnswer ? body.ReadVarint() : 0;
        if (body.Failed || fate > JointFate.Unknowing || place >= Frame.ClockMax)
        {
            Refusals.Count(RefusalReason.Malformed);
        }
        else if (IsPoisoned(place, now))
        {
            Refusals.Count(RefusalReason.Implausible);
        }
        else if (kind == OrderingMessage.JointRequest)
        {
            (fate, place) = FateOf(id, view, sender, number);
            _post.SendJointAnswer(id, view, sender, number, fate, place, from, output);
        }
        else
        {
            Hear(new JointGroup(id, view, 0, sender.Life, []), from, sender.Id, number, fate, place);
            Advance(now, output);
        }
    }

    private void Hear(JointGroup of, ProcessId from, ProcessId sender, ulong number, JointFate fate, ulong place)
    {
        foreach (var group in _groups.Values)
        {
            foreach (var joint in group.Joints)
            {
                var other = Array.FindIndex(
                    joint.Groups, g => g.Group == of.Group && g.View == of.View && g.Life == of.Life);
                if (other >= 0 && joint.Number == number && joint.Sender.Id == sender
                    && joint.Groups[other].Contacts.Contains(from))
                {
                    joint.Hear(other, from, fate, place);
                }
            }
        }
    }
}
