using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Register;

/// <summary>Writes the register's messages, and puts them into the output of the step.</summary>
internal sealed class RegisterPost(ulong life)
{
    private int _mark;

    public WireWriter Writer { get; } = new();

    public WireWriter Begin(RegisterMessage message)
    {
        Writer.Clear();
        _mark = Writer.BeginMessage((byte)message, RegisterWire.Version);
        Writer.WriteVarint(life);
        return Writer;
    }

    public void Send(ProcessId to, Output<RegisterEvent> output)
    {
        if (_mark > 0)
        {
            Writer.End(_mark);
            _mark = 0;
        }

        var carrier = Writer.Length <= Output<RegisterEvent>.DatagramSizeBytesMax ? Carrier.Datagram : Carrier.Stream;
        output.Send(to, carrier, Writer.Written);
    }

    public void SendKnown(ProcessId to, GroupEntry entry, bool isFirstHand, Output<RegisterEvent> output)
    {
        RegisterWire.WriteEntry(Begin(RegisterMessage.Known), entry);
        Writer.WriteBoolean(isFirstHand);
        Send(to, output);
    }

    public void SendName(RegisterMessage message, ProcessId to, string name, Output<RegisterEvent> output)
    {
        RegisterWire.WriteName(Begin(message), name);
        Send(to, output);
    }

    public void SendDenied(ProcessId to, string name, DenialReason reason, Output<RegisterEvent> output)
    {
        RegisterWire.WriteName(Begin(RegisterMessage.Denied), name);
        Writer.WriteByte((byte)reason);
        Send(to, output);
    }

    public void SendGroup(RegisterMessage message, ProcessId to, GroupId group, Output<RegisterEvent> output)
    {
        Begin(message).WriteUInt128(group.Value);
        Send(to, output);
    }

    public void SendEntries(ProcessId to, IEnumerable<GroupEntry> entries, Output<RegisterEvent> output)
    {
        // What does not fit into one message is left out: a listing is for people.
        const int sizeBytesMax = 256 * 1024;
        var list = entries.ToArray();
        Begin(RegisterMessage.Listing).WriteCount(list.Length);
        foreach (var entry in list)
        {
            RegisterWire.WriteEntry(Writer, Writer.Length < sizeBytesMax ? entry : entry with { Members = [] });
        }

        Send(to, output);
    }
}
