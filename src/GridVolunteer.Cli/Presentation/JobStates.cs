using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cli.Presentation;

/// <summary>What a job's state means for the one who waits for it.</summary>
public static class JobStates
{
    /// <summary>True when the job will not change any more.</summary>
    public static bool IsOver(this JobState state) =>
        state is JobState.Completed or JobState.CompletedWithFailures or JobState.Failed or JobState.Cancelled;

    /// <summary>
    /// How a verb that waited for the job ends: done only when every unit is valid. A job with failed units
    /// may have an output, but a script must not take it for complete.
    /// </summary>
    public static ExitCode ExitCode(this JobState state) =>
        state == JobState.Completed ? CommandLine.ExitCode.Done : CommandLine.ExitCode.Failed;
}
