namespace GridVolunteer.Groups.Ordering;

/// <summary>Tells the members of a group what the other groups of a joint message say of it.</summary>
/// <param name="Copy">Which message.</param>
/// <param name="Place">
/// The greatest of the places that they give it; 0 when it is void, since one of them has no copy of it.
/// </param>
internal readonly record struct JointVerdict(JointId Copy, ulong Place);
