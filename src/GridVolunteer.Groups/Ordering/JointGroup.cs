using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// One of the groups that a joint message goes to, as its sender saw it. All copies of the message carry all of them, so
/// that whoever has one can ask what became of the others.
/// </summary>
/// <param name="Group">The group.</param>
/// <param name="View">The number of the view the copy is sent in.</param>
/// <param name="Rank">The sender's rank there.</param>
/// <param name="Life">The sender's life there.</param>
/// <param name="Contacts">The oldest members of that view.</param>
internal sealed record JointGroup(GroupId Group, ulong View, int Rank, ulong Life, ProcessId[] Contacts)
{
    /// <summary>The most groups a message may go to.</summary>
    public const int GroupsMax = 8;

    /// <summary>The most members of a group that are named.</summary>
    public const int ContactsMax = 16;

    public static JointGroup Of(OrderedView view) => new(
        view.Group.Id,
        view.Number,
        view.Self,
        view.Group.Member.Self.Life,
        [.. view.View.Ids.Take(ContactsMax)]);

    public void Write(WireWriter writer)
    {
        writer.WriteUInt128(Group.Value);
        writer.WriteVarint(View);
        writer.WriteCount(Rank);
        writer.WriteVarint(Life);
        writer.WriteCount(Contacts.Length);
        foreach (var contact in Contacts)
        {
            writer.WriteProcess(contact);
        }
    }

    public static JointGroup Read(ref WireReader body)
    {
        var (group, view) = (new GroupId(body.ReadUInt128()), body.ReadVarint());
        var (rank, life) = (body.ReadNumber(Views.View.MembersMax - 1), body.ReadVarint());
        var contacts = new ProcessId[body.ReadCount(ContactsMax, ProcessId.SizeBytes)];
        for (var i = 0; i < contacts.Length; i++)
        {
            contacts[i] = body.ReadProcess();
        }

        return new JointGroup(group, view, rank, life, contacts);
    }
}
