namespace GridVolunteer.Groups.FailureDetection;

/// <summary>What has changed about a process.</summary>
public enum MembershipChange
{
    /// <summary>It was unknown, and others told of it.</summary>
    Joined,

    /// <summary>It did not answer, and may be gone.</summary>
    Suspected,

    /// <summary>It has refuted a suspicion.</summary>
    Trusted,

    /// <summary>It is thought dead.</summary>
    Failed,

    /// <summary>It has said goodbye.</summary>
    Left,

    /// <summary>It was thought dead, or had left, and is there.</summary>
    Returned,

    /// <summary>It is there in a new life, though nobody had noticed the end of the old one.</summary>
    Restarted,

    /// <summary>This process itself has said goodbye, and those who could hear have heard; it may stop.</summary>
    Departed,
}
