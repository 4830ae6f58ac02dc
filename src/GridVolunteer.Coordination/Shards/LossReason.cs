namespace GridVolunteer.Coordination.Shards;

/// <summary>Why a volunteer's units are given to others.</summary>
public enum LossReason
{
    /// <summary>It fell silent.</summary>
    Silent,

    /// <summary>It said goodbye.</summary>
    Goodbye,
}
