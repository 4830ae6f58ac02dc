using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Ordering;

/// <content>What comes in, and what becomes of it.</content>
public sealed partial class OrderedGroups
{
    private readonly Frame _frame = new();

    /// <inheritdoc/>
    public void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now, Output<OrderedEvent> output)
    {
        now = Begin(now);
        var reader = new WireReader(message);
        if (!reader.TryReadMessage(out var kind, out _, out var body) || !reader.AtEnd)
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        if ((OrderingMessage)kind is OrderingMessage.TimeRequest or OrderingMessage.TimeAnswer)
        {
            if (_time.Receive(from, (OrderingMessage)kind, ref body, now, output) is { } refused)
            {
                Refusals.Count(refused);
            }

            Advance(now, output);
            return;
        }

        var id = new GroupId(body.ReadUInt128());
        if ((OrderingMessage)kind is OrderingMessage.JointRequest or OrderingMessage.JointAnswer)
        {
            ReceiveJoint(id, from, (OrderingMessage)kind, ref body, now, output);
        }
        else if (body.Failed)
        {
            Refusals.Count(RefusalReason.Malformed);
        }
        else if (!_groups.TryGetValue(id, out var group))
        {
            Refusals.Count(RefusalReason.NotEntitled);
        }
        else if ((kind & 0xf0) == (byte)MessageFamily.Ordering)
        {
            ReceiveState(group, from, (OrderingMessage)kind, ref body, now, output);
        }
        else
        {
            if (group.Former is { } former)
            {
                former.Receive(from, message, now, _inner);
                _inner.DropEvents();
            }

            group.Member.Receive(from, message, now, _inner);
            Finish(group, now, output);
        }
    }

    /// <summary>Hands on what a membership wants sent, and handles what it tells.</summary>
    private void Finish(OrderedGroup group, TimeSpan now, Output<OrderedEvent> output)
    {
        Handle(group, _inner, now, output);
        Advance(now, output);
        Expel(now, output);
    }

    private void Handle(OrderedGroup group, Output<GroupEvent> inner, TimeSpan now, Output<OrderedEvent> output)
    {
        output.Append(inner);
        foreach (var happened in inner.Events)
        {
            Handle(group, happened, now, output);
        }

        inner.Clear();
    }

    private void Handle(OrderedGroup group, GroupEvent happened, TimeSpan now, Output<OrderedEvent> output)
    {
        switch (happened)
        {
            case GroupEvent.Delivered delivered when !group.IsOut:
                Take(group, delivered, now, output);
                break;
            case GroupEvent.ViewInstalled installed:
                Follow(group, installed, now, output);
                break;
            case GroupEvent.Stalled stalled:
                output.Emit(new OrderedEvent.Stalled(group.Id, stalled.View));
                break;
            case GroupEvent.Excluded excluded:
                GoOut(group, new OrderedEvent.Excluded(group.Id, excluded.View), output);
                break;
            case GroupEvent.Left:
                GoOut(group, new OrderedEvent.Left(group.Id), output);
                break;
            case GroupEvent.Dissolved:
                GoOut(group, new OrderedEvent.Dissolved(group.Id), output);
                break;
        }
    }

    /// <summary>What has no place yet gets none here any more: those who go on may give it one, or drop it.</summary>
    private void GoOut(OrderedGroup group, OrderedEvent last, Output<OrderedEvent> output)
    {
        group.View = null;
        group.IsOut = true;
        group.FlushAt = TimeSpan.MaxValue;
        group.State.Done();
        // Copies of joint messages stay known, else one that asks might be told that there was none.
        group.Outgoing.Clear();
        group.Views.Clear();
        output.Emit(last);
        _former.Enqueue(group);
        if (_former.Count > FormerGroupsMax && _former.Dequeue() is var oldest && _groups.GetValueOrDefault(oldest.Id) == oldest)
        {
            _groups.Remove(oldest.Id);
        }
    }

    private void Follow(
        OrderedGroup group, GroupEvent.ViewInstalled installed, TimeSpan now, Output<OrderedEvent> output)
    {
        var view = installed.View;
        var isFirst = group.Current is null;
        var self = view.RankOf(group.Member.Self);
        foreach (var before in group.Views)
        {
            before.Follow(view);
        }

        foreach (var before in group.Views)
        {
            before.Settle();
            before.Plain.Deliver(_flaw, output);
        }

        group.LastNumber = view.Number;
        group.FirstNumber = isFirst ? view.Number : group.FirstNumber;
        var added = new OrderedView(group, view, self, _queue, _clock, _flaw)
        {
            Joined = installed.Joined,
            Gone = installed.Gone,
        };
        group.State.Follow(view);
        group.Views.Add(added);
        if (isFirst && group.Options.TransfersState && group.Member.SurvivorsWhenJoined > 0)
        {
            group.State.Need(
                view.Number, [.. view.Members.Take(group.Member.SurvivorsWhenJoined)], now + StateRepeat);
        }

        if (_flaw == OrderFlaw.ViewNotOrdered)
        {
            Tell(added, output);
        }
    }

    /// <summary>Takes in a frame.</summary>
    private void Take(
        OrderedGroup group, GroupEvent.Delivered delivered, TimeSpan now, Output<OrderedEvent> output)
    {
        var view = group.Current!;
        var rank = view.View.RankOf(delivered.Sender);
        var frame = _frame;
        if (!frame.TryRead(delivered.Payload))
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        if (rank != view.Self && IsPoisoned(frame.ClockGreatest, now))
        {
            Refusals.Count(RefusalReason.Implausible);
            _poisoners.Add((group, delivered.Sender.Id));
            return;
        }

        if (_flaw != OrderFlaw.ClockStandsStill)
        {
            _clock.Raise(frame.Clock);
        }

        var holdsView = frame.HoldsView && _flaw != OrderFlaw.JointLate;
        if (!view.HasSpoken(rank) || (!holdsView && !view.HasPlaced(rank)))
        {
            CatchUp(group, view, delivered.Sender, frame.Clock, holdsView);
        }

        view.Speak(rank, delivered.Sequence, frame.Clock, holdsView);
        view.NoteFull(rank, frame.IsFull);
        foreach (var receipt in frame.Proposals)
        {
            if (!view.Propose(rank, receipt, frame.Clock))
            {
                Refusals.Count(RefusalReason.Implausible);
            }
        }

        TakeReports(group, view, rank, frame);
        TakeNews(group, view, rank, delivered.Sequence, frame);
        TakeMessages(view, rank, delivered.Sequence, frame, now, output);
        view.Settle();
        if (frame.Proposals.Count > 0)
        {
            // What is safe may have waited for a receipt.
            view.Plain.Deliver(_flaw, output);
        }
    }

    private static void CatchUp(OrderedGroup group, OrderedView current, MemberLife member, ulong clock, bool holdsView)
    {
        foreach (var before in group.Views)
        {
            if (before != current && before.View.RankOf(member) is >= 0 and var rank)
            {
                before.CatchUp(rank, clock, holdsView);
                before.Settle();
            }
        }
    }

    private static void TakeReports(OrderedGroup group, OrderedView view, int rank, Frame frame)
    {
        foreach (var receipt in frame.CausalReceipts)
        {
            view.Plain.NoteCausal(rank, receipt);
        }

        var member = view.View.Members[rank];
        if (frame.Ready is { } ready)
        {
            group.Report(member, ready);
        }

        if (frame.Begun is { } begun)
        {
            group.ReportBegun(member, begun);
            group.State.Received(begun, member);
        }

        group.OwesAnswer |= frame.WantsAnswer && rank != view.Self;
    }

    private void TakeMessages(
        OrderedView view, int rank, ulong sequence, Frame frame, TimeSpan now, Output<OrderedEvent> output)
    {
        if (frame.Groups.Length > 0 && !IsPlausible(frame.Groups, view, rank))
        {
            Refusals.Count(RefusalReason.Implausible);
            return;
        }

        view.Group.BacklogSizeBytes += FrameMessage.SizeBytesOf(frame.Messages);
        switch (frame.Kind)
        {
            case FrameKind.Total:
                view.Wanted[rank] = sequence;
                view.Add(
                    MakeJoint(new OrderItem(view, rank, sequence) { Messages = frame.Messages, ArrivedAt = now }, frame),
                    frame.Clock);
                break;
            case FrameKind.Timed:
                view.Wanted[rank] = sequence;
                view.AddTimed(
                    MakeJoint(new OrderItem(view, rank, sequence) { Messages = frame.Messages, IsTimed = true }, frame),
                    frame.Clock);
                break;
            case FrameKind.Plain:
                if (Array.Exists(frame.Messages, m => m.Delivery.IsSafe()))
                {
                    view.Wanted[rank] = sequence;
                }

                view.Plain.Add(
                    new PlainFrame(rank, sequence, frame.Messages, [.. frame.Follows]), _flaw, output);
                break;
        }
    }
}
