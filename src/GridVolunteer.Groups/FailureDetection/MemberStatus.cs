namespace GridVolunteer.Groups.FailureDetection;

/// <summary>What is thought of a process. At one incarnation, the later of these wins over the earlier.</summary>
public enum MemberStatus
{
    /// <summary>It answers, or nobody has said otherwise.</summary>
    Alive = 0,

    /// <summary>It did not answer somebody; it has some time to refute that.</summary>
    Suspect = 1,

    /// <summary>It has not refuted in time. It is tried again for ever.</summary>
    Dead = 2,

    /// <summary>It has said goodbye, and signed that. It is not tried again.</summary>
    Left = 3,
}
