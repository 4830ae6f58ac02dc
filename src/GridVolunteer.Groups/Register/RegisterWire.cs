using System.Text;
using GridVolunteer.Groups.FailureDetection;
using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Register;

/// <summary>How messages of the register begin, and how names and entries are written.</summary>
internal static class RegisterWire
{
    public const byte Version = 1;
    public const int MessageSizeBytesMax = (1 << 20) + 4_096;

    private const int EntrySizeBytesMin = 1 + 2 + 16 + 2 + 1 + 1;

    /// <summary>
    /// Opens a message, whose fields are to be read from <paramref name="body"/>; false when it is refused, which is counted.
    /// </summary>
    public static bool TryOpen(
        ProcessId self,
        ProcessId from,
        ReadOnlySpan<byte> message,
        Refusals refusals,
        out MemberLife sender,
        out RegisterMessage kind,
        out WireReader body)
    {
        var reader = new WireReader(message);
        var isMessage = reader.TryReadMessage(out var sign, out _, out body) && reader.AtEnd && from != self;
        sender = new MemberLife(from, body.ReadVarint());
        kind = (RegisterMessage)sign;
        if (message.Length <= MessageSizeBytesMax && isMessage && !body.Failed)
        {
            return true;
        }

        refusals.Count(message.Length > MessageSizeBytesMax ? RefusalReason.TooLong : RefusalReason.Malformed);
        return false;
    }

    public static void WriteName(WireWriter writer, string name) => writer.WriteBytes(Encoding.UTF8.GetBytes(name));

    public static string ReadName(ref WireReader reader)
    {
        var bytes = reader.ReadBytes(GroupNames.SizeBytesMax);
        var name = reader.Failed ? "" : Encoding.UTF8.GetString(bytes);
        if (!GroupNames.IsValid(name))
        {
            reader.Fail();
        }

        return name;
    }

    public static void WriteEntry(WireWriter writer, GroupEntry entry)
    {
        var mark = writer.BeginRecord();
        WriteName(writer, entry.Name);
        writer.WriteUInt128(entry.Id.Value);
        writer.WriteBoolean(entry.Kind == GroupKind.Open);
        writer.WriteBoolean(entry.Rule == GroupRule.Hierarchical);
        writer.WriteBoolean(entry.Server is not null);
        entry.Server?.Write(writer);
        writer.WriteCount(entry.Members.Count);
        foreach (var member in entry.Members)
        {
            writer.WriteProcess(member.Id);
            writer.WriteBytes(member.Address.Span);
        }

        writer.End(mark);
    }

    public static GroupEntry ReadEntry(ref WireReader reader)
    {
        var record = reader.ReadRecord();
        var name = ReadName(ref record);
        var id = new GroupId(record.ReadUInt128());
        var kind = record.ReadBoolean() ? GroupKind.Open : GroupKind.Closed;
        var rule = record.ReadBoolean() ? GroupRule.Hierarchical : GroupRule.Peers;
        MemberLife? server = record.ReadBoolean() ? MemberLife.Read(ref record) : null;
        var members = new GroupContact[record.ReadCount(View.MembersMax, ProcessId.SizeBytes + 1)];
        for (var i = 0; i < members.Length; i++)
        {
            var member = record.ReadProcess();
            members[i] = new GroupContact(
                member, record.ReadBytes(LocalProcess.ContactSizeBytesMax).ToArray());
        }

        if (record.Failed || (rule == GroupRule.Hierarchical && server is null))
        {
            reader.Fail();
        }

        return new GroupEntry(name, id, kind, rule, server, members);
    }

    public static GroupEntry[] ReadEntries(ref WireReader reader, int max)
    {
        var entries = new GroupEntry[reader.ReadCount(max, EntrySizeBytesMin)];
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = ReadEntry(ref reader);
        }

        return entries;
    }
}
