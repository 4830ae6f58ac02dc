using GridVolunteer.Groups.Protocols;

namespace GridVolunteer.Groups.Ordering;

/// <content>What has its place is delivered when its turn comes.</content>
public sealed partial class OrderedGroups
{
    private static readonly TimeSpan PokeInterval = TimeSpan.FromMilliseconds(100);

    // What had its turn, and waits only for others to say the same, or for a state.
    private readonly Queue<OrderItem> _turns = new();
    private TimeSpan _pokesAt = TimeSpan.MaxValue;

    /// <summary>Delivers whatever can be, and sees to what is to be sent.</summary>
    private void Advance(TimeSpan now, Output<OrderedEvent> output)
    {
        (_pokesAt, _jointsAt) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        while (_queue.TryPeek(out var item) && (!item.IsTimed || HavePassed(item, now)))
        {
            _queue.Take();
            TakeTurn(item, now);
        }

        while (_turns.TryPeek(out var item) && Deliver(item, output))
        {
            _turns.Dequeue();
        }

        foreach (var group in _groups.Values)
        {
            if (!group.IsOut)
            {
                group.Measure(_options.BacklogSizeBytesMax);
                OfferState(group, output);
                SeeToJoints(group, now, output);
            }

            Schedule(group, now);
        }
    }

    private void TakeTurn(OrderItem item, TimeSpan now)
    {
        var group = item.View.Group;
        var ready = group.Ready;
        if (item.IsView)
        {
            group.Ready = new ReadyReport(item.View.Number, 0, 0);
            group.OwesReady |= group.Options.TransfersState && item.View.Joined.Count > 0;
        }
        else
        {
            if (!item.IsTimed && item.Joint is null)
            {
                group.NoteTurn(now - item.ArrivedAt);
            }

            item.Index = 1 + (item.IsTimed ? ready.Timed : ready.Total);
            group.Ready = item.IsTimed ? ready with { Timed = item.Index } : ready with { Total = item.Index };
            group.OwesReady |= Array.Exists(item.Messages, m => m.Delivery.IsSafe());
        }

        _turns.Enqueue(item);
    }

    /// <summary>Delivers an item, or as much of it as can be; true when it is done with.</summary>
    private bool Deliver(OrderItem item, Output<OrderedEvent> output)
    {
        if (item.IsDropped)
        {
            return true;
        }

        var view = item.View;
        if (item.IsView)
        {
            return Tell(view, output);
        }

        GlobalTimeStamp? time = null;
        for (; item.Delivered < item.Messages.Length; item.Delivered++)
        {
            ref readonly var message = ref item.Messages[item.Delivered];
            if (message.Delivery.IsSafe() && _flaw != OrderFlaw.SafeUnheard && !view.Group.IsReadyEverywhere(item))
            {
                return false;
            }

            if (item.IsTimed)
            {
                time = new GlobalTimeStamp(
                    TimeOf(item.Stamp.Time), TimeSpan.FromMicroseconds(message.EpsilonMicroseconds));
            }

            view.Group.BacklogSizeBytes -= message.Payload.Length;
            output.Emit(new OrderedEvent.Message(
                view.Group.Id, view.View.Members[item.Rank], message.Payload, message.Delivery, view.Number)
            {
                Order = item.Stamp,
                Time = time,
            });
        }

        view.Undelivered--;
        if (item.Rank == view.Self)
        {
            view.Group.Outstanding -= item.Messages.Length;
        }

        return true;
    }

    /// <summary>Tells of a view, at its place; false while the state that belongs before it is under way.</summary>
    private bool Tell(OrderedView view, Output<OrderedEvent> output)
    {
        var group = view.Group;
        if (view.HasBegun)
        {
            return true;
        }

        var isOwnFirst = group.State.JoinedBy == view.Number;
        if (isOwnFirst && group.State.Taken is null && group.State.Providers.Count > 0)
        {
            return false;
        }

        var state = isOwnFirst ? group.State.Taken : null;
        group.State.Done();
        group.View = view.View;
        view.HasBegun = true;
        view.Undelivered--;
        group.OwesBegun = true;
        output.Emit(new OrderedEvent.ViewInstalled(group.Id, view.View, view.Joined, view.Gone, state)
        {
            Order = view.Start.Stamp,
        });
        if (group.Options.TransfersState && !isOwnFirst && view.Joined.Count > 0
            && !view.Joined.Contains(view.View.Members[view.Self]))
        {
            group.State.Want(view, view.Joined);
            output.Emit(new OrderedEvent.StateWanted(group.Id, view.Number));
        }

        view.Plain.Deliver(_flaw, output);
        group.Prune();
        return true;
    }

    /// <summary>
    /// True when nobody will send anything with a lower stamp: all members of all groups of this process have shown a
    /// higher clock. Those who have not are asked to.
    /// </summary>
    private bool HavePassed(OrderItem item, TimeSpan now)
    {
        var havePassed = true;
        foreach (var group in _groups.Values)
        {
            if (group.IsOut || group.Current is not { } current || _flaw == OrderFlaw.NoWatermark)
            {
                continue;
            }

            for (var rank = 0; rank < current.View.Members.Count; rank++)
            {
                if (rank != current.Self && current.ClockOf(rank) < item.Stamp.Time)
                {
                    havePassed = false;
                    Poke(group, isAsked: group == item.View.Group, now);
                    break;
                }
            }
        }

        return havePassed;
    }

    private void Poke(OrderedGroup group, bool isAsked, TimeSpan now)
    {
        if (isAsked && group.PokedAt == TimeSpan.MinValue)
        {
            // The message itself asks.
            group.PokedAt = now;
        }

        if (group.PokedAt == TimeSpan.MinValue || now >= group.PokedAt + PokeInterval)
        {
            group.PokedAt = now;
            group.WantsAnswer = true;
        }

        _pokesAt = Earlier(_pokesAt, group.PokedAt + PokeInterval);
    }
}
