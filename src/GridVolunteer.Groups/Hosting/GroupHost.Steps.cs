using System.Runtime.InteropServices;
using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Groups.Ordering;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Transports;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Hosting;

/// <content>What happens in a step.</content>
public sealed partial class GroupHost
{
    private readonly List<ProcessId> _receivers = [];

    bool IArrivals.TryTake(ProcessId from, ReadOnlySpan<byte> messages) => _inbox.TryAdd(from, messages);

    void IArrivals.Ready() => _pump.Ring();

    Task IArrivals.WhenRoomAsync(CancellationToken cancellationToken) => _inbox.WhenRoomAsync(cancellationToken);

    // In a step too: it is looked at in the next.
    void IArrivals.SendFailed(ProcessId to)
    {
        _inbox.Add(InboxKind.SendFailed, to, default);
        _pump.RingElsewhere();
    }

    void IArrivals.Met(ProcessId id, ReadOnlySpan<byte> contact, bool isVouchedFor) =>
        _inbox.Add(isVouchedFor ? InboxKind.Met : InboxKind.Rumour, id, contact);

    private void Step()
    {
        if (Fault is not null)
        {
            return;
        }

        try
        {
            var now = Now;
            var half = _inbox.Take();
            foreach (var item in half.Items)
            {
                Handle(item, half.BytesOf(item), now);
                Drain(now);
            }

            foreach (var protocol in _protocols)
            {
                if (protocol.Due <= now)
                {
                    protocol.Tick(now);
                    Drain(now);
                }
            }

            StepEnds?.Invoke(now);
            Drain(now);
            _transport.Flush();
            Arm(now);
        }
        catch (Exception e)
        {
            // A bug: nothing that is decided from here on could be relied on. Whoever waits is told.
            Fault = e;
            _departed.TrySetException(e);
            Faulted?.Invoke(e);
        }
    }

    private void Handle(InboxItem item, ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        switch (item.Kind)
        {
            case InboxKind.Messages:
                HandOut(item.From, bytes, now);
                break;
            case InboxKind.SendFailed:
                Detector.SendFailed(item.From, now, _detector.Output);
                break;
            case InboxKind.Met:
                Know(item.From, bytes.ToArray(), now);
                break;
            case InboxKind.Rumour when Detector.StatusOf(item.From) is not MemberStatus.Alive:
                Know(item.From, bytes.ToArray(), now);
                break;
            case InboxKind.Command:
                item.Command!(now);
                break;
        }
    }

    /// <summary>Hands each of the messages that came in one frame to whom it belongs.</summary>
    private void HandOut(ProcessId from, ReadOnlySpan<byte> messages, TimeSpan now)
    {
        var rest = messages;
        while (!rest.IsEmpty)
        {
            var reader = new WireReader(rest);
            if (!reader.TryReadMessage(out var kind, out _, out _))
            {
                Refusals.Count(RefusalReason.Malformed);
                return;
            }

            var message = rest[..^reader.Remaining];
            rest = rest[message.Length..];
            if (_byFamily[kind >> FamilyShift] is { } protocol)
            {
                protocol.Receive(from, message, now);
            }
            else
            {
                Refusals.Count(RefusalReason.UnknownKind);
            }
        }
    }

    /// <summary>Learns of a process, where it is, and watches it from now on.</summary>
    internal void Know(ProcessId id, ReadOnlyMemory<byte> contact, TimeSpan now)
    {
        if (id == Self)
        {
            return;
        }

        if (!contact.IsEmpty)
        {
            _transport.Learn(id, contact.Span);
        }

        Register.Know(new GroupContact(id, contact));
        if (Detector.Watch(id, contact, now, _detector.Output))
        {
            MembershipEvents?.Invoke(new MembershipEvent(MembershipChange.Joined, id, default), now);
        }
    }

    private void OnMembership(MembershipEvent happened, TimeSpan now)
    {
        var id = happened.Member;
        switch (happened.Change)
        {
            case MembershipChange.Failed or MembershipChange.Left:
                Groups.MarkFailed(id, now, _groups.Output);
                Register.MarkFailed(id);
                break;
            case MembershipChange.Restarted:
                EndFormerLives(happened, now);
                LearnAgain(id);
                break;
            case MembershipChange.Joined or MembershipChange.Returned:
                EndFormerLives(happened, now);
                LearnAgain(id);
                Groups.MarkAlive(id, now, _groups.Output);
                Register.MarkAlive(id);
                break;
            case MembershipChange.Departed:
                _departed.TrySetResult();
                break;
        }

        MembershipEvents?.Invoke(happened, now);
    }

    /// <summary>What a process was in groups before it started anew it is no longer.</summary>
    private void EndFormerLives(MembershipEvent happened, TimeSpan now) =>
        Groups.MarkRestarted(
            happened.Member, happened.Incarnation.Boot * GroupNode.LivesPerBoot, now, _groups.Output);

    private void LearnAgain(ProcessId id)
    {
        if (Detector.Find(id) is { Contact.IsEmpty: false } member)
        {
            _transport.Learn(id, member.Contact.Span);
            Register.Know(new GroupContact(id, member.Contact));
        }
    }

    private void OnOrdered(OrderedEvent happened, TimeSpan now) => OrderedEvents?.Invoke(happened, now);

    private void Drain(TimeSpan now)
    {
        bool isAny;
        do
        {
            isAny = false;
            foreach (var protocol in _protocols)
            {
                isAny |= protocol.Drain(now);
            }
        }
        while (isAny);
    }

    /// <summary>Sends what a protocol wants sent; a message for several receivers as one.</summary>
    private void Carry<TEvent>(Output<TEvent> output)
    {
        var messages = output.Messages;
        for (var i = 0; i < messages.Count;)
        {
            var message = messages[i];
            var end = i + 1;
            while (end < messages.Count && messages[end].Start == message.Start
                && messages[end].SizeBytes == message.SizeBytes)
            {
                end++;
            }

            if (end == i + 1)
            {
                _transport.Send(message.To, message.Carrier, output.BytesOf(message));
            }
            else
            {
                _receivers.Clear();
                for (var j = i; j < end; j++)
                {
                    _receivers.Add(messages[j].To);
                }

                _transport.SendToAll(
                    CollectionsMarshal.AsSpan(_receivers), message.Carrier, output.BytesOf(message));
            }

            i = end;
        }
    }

    /// <summary>Sees to a step no later than anything is due.</summary>
    private void Arm(TimeSpan now)
    {
        var due = TimeSpan.MaxValue;
        foreach (var protocol in _protocols)
        {
            due = protocol.Due < due ? protocol.Due : due;
        }

        _alarm.Set(due, now);
    }
}
