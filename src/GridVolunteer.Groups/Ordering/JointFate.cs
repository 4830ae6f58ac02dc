namespace GridVolunteer.Groups.Ordering;

/// <summary>What a process knows of a group's copy of a joint message.</summary>
internal enum JointFate : byte
{
    /// <summary>Nothing yet: the group is still at it.</summary>
    Open,

    /// <summary>The group has given it a place, which stays.</summary>
    Placed,

    /// <summary>The view it was sent in has ended without it.</summary>
    Void,

    /// <summary>This process was not in that view, or is out of the group, and will not know.</summary>
    Unknowing,
}
