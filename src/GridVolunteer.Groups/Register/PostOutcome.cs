namespace GridVolunteer.Groups.Register;

/// <summary>What has become of a post.</summary>
internal enum PostOutcome : byte
{
    /// <summary>The group has it.</summary>
    Delivered = 0,

    /// <summary>The one it was sent to is not in the group.</summary>
    NotMember = 1,

    /// <summary>The group is closed.</summary>
    Closed = 2,
}
