using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Jobs;

/// <summary>What the states of a job mean and are called on the wire.</summary>
public static class JobStateNames
{
    /// <summary>True when the job is over; no such state is ever left.</summary>
    public static bool IsFinal(this JobState state) => state
        is JobState.Completed or JobState.CompletedWithFailures or JobState.Failed or JobState.Cancelled;

    /// <summary>True when units may be handed out.</summary>
    public static bool HandsOut(this JobState state) => state is JobState.Queued or JobState.Running;

    /// <summary>The state's word in events, as in JSON.</summary>
    public static string Word(this JobState state) => state switch
    {
        JobState.Queued => "queued",
        JobState.Running => "running",
        JobState.Paused => "paused",
        JobState.Completed => "completed",
        JobState.CompletedWithFailures => "completed_with_failures",
        JobState.Failed => "failed",
        JobState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "not a job's state"),
    };
}
