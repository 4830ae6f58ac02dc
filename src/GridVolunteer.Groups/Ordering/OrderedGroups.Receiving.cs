using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Ordering;

/// <content>What comes in, and what becomes of it.</content>
public sealed partial class OrderedGroups
{
    /// <inheritdoc/>
    public void Receive(ProcessId from, ReadOnlySpan<byte> message, TimeSpan now, Output<OrderedEvent> output)
    {
        now = Begin(now);
        var reader = new WireReader(message);
        if (!reader.TryReadMessage(out _, out _, out var body) || !reader.AtEnd)
        {
            Refusals.Count(RefusalReason.Malformed);
            return;
        }

        var id = new GroupId(body.ReadUInt128());
        if (body.Failed)
        {
            Refusals.Count(RefusalReason.Malformed);
        }
        else if (!_groups.TryGetValue(id, out var group))
        {
            Refusals.Count(RefusalReason.NotEntitled);
        }
        else
        {
            group.Former?.Receive(from, message, now, _inner);
            _inner.DropEvents();
            group.Member.Receive(from, message, now, _inner);
            Finish(group, now, output);
        }
    }

    /// <summary>Hands on what the membership wants sent, and handles what it tells.</summary>
    private void Finish(OrderedGroup group, TimeSpan now, Output<OrderedEvent> output)
    {
        output.Append(_inner);
        foreach (var happened in _inner.Events)
        {
            Handle(group, happened, output);
        }

        _inner.Clear();
    }

    private static void Handle(OrderedGroup group, GroupEvent happened, Output<OrderedEvent> output)
    {
        switch (happened)
        {
            case GroupEvent.Delivered delivered:
                Deliver(group, delivered, output);
                break;
            case GroupEvent.ViewInstalled installed:
                group.View = installed.View;
                output.Emit(new OrderedEvent.ViewInstalled(
                    group.Id, installed.View, installed.Joined, installed.Gone, installed.State));
                break;
            case GroupEvent.StateWanted wanted:
                output.Emit(new OrderedEvent.StateWanted(group.Id, wanted.View));
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

    private static void GoOut(OrderedGroup group, OrderedEvent last, Output<OrderedEvent> output)
    {
        group.View = null;
        group.IsOut = true;
        output.Emit(last);
    }

    private static void Deliver(OrderedGroup group, GroupEvent.Delivered delivered, Output<OrderedEvent> output)
    {
        var delivery = (Delivery)delivered.Payload.Span[0];
        output.Emit(new OrderedEvent.Message(
            group.Id, delivered.Sender, delivered.Payload[1..], delivery, delivered.View));
    }
}
