namespace GridVolunteer.Groups.Ordering;

/// <summary>
/// The place of a message or a view in the one order of all groups: whoever delivers two things delivers them in the
/// order of their stamps.
/// </summary>
/// <param name="Time">Logical time; the rest breaks ties.</param>
/// <param name="Group">The group.</param>
/// <param name="Phase">Twice the number of the view; messages in it come after the view itself.</param>
/// <param name="Rank">The sender's rank in that view.</param>
/// <param name="Sequence">The sender's number in that view.</param>
public readonly record struct OrderStamp(ulong Time, GroupId Group, ulong Phase, int Rank, ulong Sequence)
    : IComparable<OrderStamp>
{
    /// <inheritdoc/>
    public int CompareTo(OrderStamp other)
    {
        if (Time != other.Time)
        {
            return Time < other.Time ? -1 : 1;
        }

        var byGroup = Group.CompareTo(other.Group);
        if (byGroup != 0)
        {
            return byGroup;
        }

        if (Phase != other.Phase)
        {
            return Phase < other.Phase ? -1 : 1;
        }

        return Rank != other.Rank ? Rank.CompareTo(other.Rank) : Sequence.CompareTo(other.Sequence);
    }
}
