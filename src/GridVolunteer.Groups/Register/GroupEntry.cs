using GridVolunteer.Groups.Views;

namespace GridVolunteer.Groups.Register;

/// <summary>A group as the register knows it.</summary>
/// <param name="Name">Its name; see <see cref="GroupNames"/>.</param>
/// <param name="Id">The group.</param>
/// <param name="Kind">Who may send to it.</param>
/// <param name="Rule">Who decides on who is in it.</param>
/// <param name="Server">
/// The group server in its present life: the coordinator of a hierarchical group, the witness of any. Null for
/// a group that was made without one.
/// </param>
/// <param name="Members">Members, as far as is known, at most <see cref="View.MembersMax"/>.</param>
public sealed record GroupEntry(
    string Name,
    GroupId Id,
    GroupKind Kind,
    GroupRule Rule,
    MemberLife? Server,
    IReadOnlyList<GroupContact> Members);
