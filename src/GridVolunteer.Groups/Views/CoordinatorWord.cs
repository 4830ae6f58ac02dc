using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Views;

/// <summary>What the coordinator of a hierarchical group tells its members.</summary>
/// <param name="Group">The group.</param>
/// <param name="Number">Greater than that of any word before in the coordinator's life.</param>
/// <param name="LetIn">Who may join, members included; at most <see cref="ProcessesMax"/>.</param>
/// <param name="PutOut">Who is to be in it no longer; at most <see cref="ProcessesMax"/>.</param>
public sealed record CoordinatorWord(
    GroupId Group, ulong Number, IReadOnlyCollection<ProcessId> LetIn, IReadOnlyCollection<ProcessId> PutOut)
{
    /// <summary>The most processes in each list.</summary>
    public const int ProcessesMax = View.MembersMax * 2;

    internal void Write(WireWriter writer)
    {
        writer.WriteVarint(Number);
        foreach (var list in new[] { LetIn, PutOut })
        {
            writer.WriteCount(list.Count);
            foreach (var id in list)
            {
                writer.WriteProcess(id);
            }
        }
    }

    internal static CoordinatorWord Read(GroupId group, ref WireReader reader)
    {
        var number = reader.ReadVarint();
        return new CoordinatorWord(group, number, ReadList(ref reader), ReadList(ref reader));
    }

    private static HashSet<ProcessId> ReadList(ref WireReader reader)
    {
        var count = reader.ReadCount(ProcessesMax, ProcessId.SizeBytes);
        HashSet<ProcessId> list = new(count);
        for (var i = 0; i < count; i++)
        {
            list.Add(reader.ReadProcess());
        }

        return list;
    }
}
