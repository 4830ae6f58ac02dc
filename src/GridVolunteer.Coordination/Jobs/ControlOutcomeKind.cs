namespace GridVolunteer.Coordination.Jobs;

/// <summary>Whether a control applied.</summary>
public enum ControlOutcomeKind
{
    /// <summary>Done, or the job was in that state already.</summary>
    Done,

    /// <summary>The job is over.</summary>
    Refused,

    /// <summary>There is no such job.</summary>
    NotFound,
}
