using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Views;

/// <summary>Writes the messages of one member of one group, and puts them into the output of the step.</summary>
internal sealed class GroupPost(GroupId group, ProcessId self)
{
    private const byte Version = 1;

    private int _mark;

    public ProcessId Self => self;

    /// <summary>The member's life; it may change between groups' histories.</summary>
    public ulong Life { get; set; }

    public WireWriter Writer { get; } = new();

    /// <summary>Where to; set for each step.</summary>
    public Output<GroupEvent> Output { get; set; } = new();

    public void Begin(GroupMessage message, ulong view)
    {
        Writer.Clear();
        _mark = Writer.BeginMessage((byte)message, Version);
        Writer.WriteUInt128(group.Value);
        Writer.WriteVarint(view);
        Writer.WriteVarint(Life);
    }

    public void Send(ProcessId to)
    {
        Finish();
        if (to != self)
        {
            Output.Send(to, Carrier, Writer.Written);
        }
    }

    public void SendToAll(IReadOnlyList<ProcessId> to)
    {
        Finish();
        Output.Multicast(to, self, Carrier, Writer.Written);
    }

    /// <summary>Sends a message without fields.</summary>
    public void Send(ProcessId to, GroupMessage message, ulong view)
    {
        Begin(message, view);
        Send(to);
    }

    private Carrier Carrier =>
        Writer.Length <= Output<GroupEvent>.DatagramSizeBytesMax ? Carrier.Datagram : Carrier.Stream;

    private void Finish()
    {
        if (_mark > 0)
        {
            Writer.End(_mark);
            _mark = 0;
        }
    }
}
