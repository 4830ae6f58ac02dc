namespace GridVolunteer.Groups.Ordering;

/// <summary>How much has its place at a member: everything up to there, in the order that all see.</summary>
/// <param name="Epoch">The number of the last view that has its place there.</param>
/// <param name="Total">How many frames in total order have theirs since.</param>
/// <param name="Timed">How many time-stamped frames.</param>
internal readonly record struct ReadyReport(ulong Epoch, ulong Total, ulong Timed)
{
    /// <summary>True when an item is among it.</summary>
    public bool Covers(OrderItem item) =>
        Epoch > item.View.Number
        || (Epoch == item.View.Number && (item.IsTimed ? Timed : Total) >= item.Index);
}
