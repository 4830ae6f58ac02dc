namespace GridVolunteer.Coordination.Jobs;

/// <summary>What people do to a job.</summary>
public enum JobControl
{
    /// <summary>Hand out no more.</summary>
    Pause,

    /// <summary>Hand out again.</summary>
    Resume,

    /// <summary>End it.</summary>
    Cancel,
}
