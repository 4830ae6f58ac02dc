using System.Text.Json.Serialization;

namespace GridVolunteer.Protocol.Jobs;

/// <summary>Where a job is in its life.</summary>
[JsonConverter(typeof(JobStateConverter))]
public enum JobState
{
    /// <summary>Accepted; no unit has been handed out.</summary>
    Queued,

    /// <summary>Units are being computed or merged.</summary>
    Running,

    /// <summary>No new units are handed out until it is resumed; results still count.</summary>
    Paused,

    /// <summary>Every unit is valid and merged.</summary>
    Completed,

    /// <summary>Finished, but some units failed for good.</summary>
    CompletedWithFailures,

    /// <summary>No output: every unit, or a merge, failed for good.</summary>
    Failed,

    /// <summary>Ended by its submitter.</summary>
    Cancelled,
}
