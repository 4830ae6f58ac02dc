using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Ordering;

/// <summary>A copy of a joint message, as members of its group name it.</summary>
/// <param name="View">The number of the view it was sent in.</param>
/// <param name="Rank">The sender's rank in that.</param>
/// <param name="Number">The sender's number of the message, counted over all its groups.</param>
internal readonly record struct JointId(ulong View, int Rank, ulong Number)
{
    public void Write(WireWriter writer)
    {
        writer.WriteVarint(View);
        writer.WriteCount(Rank);
        writer.WriteVarint(Number);
    }

    public static JointId Read(ref WireReader body) =>
        new(body.ReadVarint(), body.ReadNumber(Views.View.MembersMax - 1), body.ReadVarint());
}
