using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Ordering;

/// <summary>Writes the messages that go from process to process, outside a group's channel.</summary>
internal sealed class OrderingPost(ProcessId self)
{
    private const byte Version = 1;

    private readonly WireWriter _writer = new();

    /// <summary>Sends a message without fields of its own.</summary>
    public void Send(
        OrderedGroup group, OrderingMessage message, ProcessId to, ulong view, Output<OrderedEvent> output)
    {
        _writer.End(Begin(group, message, view));
        Send(to, output);
    }

    public void SendState(
        OrderedGroup group, ProcessId to, ulong view, ReadOnlyMemory<byte> state, Output<OrderedEvent> output)
    {
        var mark = Begin(group, OrderingMessage.State, view);
        _writer.WriteBytes(state.Span);
        _writer.End(mark);
        Send(to, output);
    }

    public void SendJointRequest(JointGroup group, ulong number, ProcessId sender, ProcessId to, Output<OrderedEvent> output)
    {
        var mark = BeginJoint(OrderingMessage.JointRequest, group.Group, group.View, new MemberLife(sender, group.Life), number);
        _writer.End(mark);
        Send(to, output);
    }

    public void SendJointAnswer(
        GroupId group,
        ulong view,
        MemberLife sender,
        ulong number,
        JointFate fate,
        ulong place,
        ProcessId to,
        Output<OrderedEvent> output)
    {
        var mark = BeginJoint(OrderingMessage.JointAnswer, group, view, sender, number);
        _writer.WriteByte((byte)fate);
        _writer.WriteVarint(place);
        _writer.End(mark);
        Send(to, output);
    }

    private int BeginJoint(OrderingMessage message, GroupId group, ulong view, MemberLife sender, ulong number)
    {
        _writer.Clear();
        var mark = _writer.BeginMessage((byte)message, Version);
        _writer.WriteUInt128(group.Value);
        _writer.WriteVarint(view);
        sender.Write(_writer);
        _writer.WriteVarint(number);
        return mark;
    }

    private int Begin(OrderedGroup group, OrderingMessage message, ulong view)
    {
        _writer.Clear();
        var mark = _writer.BeginMessage((byte)message, Version);
        _writer.WriteUInt128(group.Id.Value);
        _writer.WriteVarint(view);
        _writer.WriteVarint(group.Member.Self.Life);
        return mark;
    }

    private void Send(ProcessId to, Output<OrderedEvent> output)
    {
        if (to != self)
        {
            var carrier = _writer.Length <= Output<OrderedEvent>.DatagramSizeBytesMax ? Carrier.Datagram : Carrier.Stream;
            output.Send(to, carrier, _writer.Written);
        }
    }
}
