namespace GridVolunteer.Cli.CommandLine;

/// <summary>How a verb ends, for scripts.</summary>
public enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Understood, but it failed; the reason is on standard error.</summary>
    Failed = 1,

    /// <summary>
    /// Wrong use: an unknown option, a malformed id, a missing input, a parameter the workload does not take.
    /// </summary>
    WrongUse = 2,
}
