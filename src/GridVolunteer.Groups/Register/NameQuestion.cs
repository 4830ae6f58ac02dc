using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Register;

/// <summary>What somebody asks who looks for a group by its name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">The kind it is to have.</param>
/// <param name="Rule">The rule it is to have.</param>
/// <param name="Joining">The group of that name that the asker tries to join in vain; 0 for none.</param>
/// <param name="IsForPosts">True when it only wants to send to it.</param>
internal readonly record struct NameQuestion(
    string Name, GroupKind Kind, GroupRule Rule, GroupId Joining, bool IsForPosts)
{
    public static NameQuestion Read(ref WireReader reader) => new(
        RegisterWire.ReadName(ref reader),
        reader.ReadBoolean() ? GroupKind.Open : GroupKind.Closed,
        reader.ReadBoolean() ? GroupRule.Hierarchical : GroupRule.Peers,
        new GroupId(reader.ReadUInt128()),
        reader.ReadBoolean());
}
