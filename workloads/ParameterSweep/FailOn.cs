namespace GridVolunteer.Workloads.ParameterSweep;

/// <summary>Which ends of a program count as the unit's failure rather than as its result.</summary>
public enum FailOn
{
    /// <summary>
    /// Ended by a signal, or not found or not executable (exit codes 126, 127 and 129 to 192): the machine's
    /// trouble.
    /// </summary>
    Crash,

    /// <summary>Those, and every exit code but 0.</summary>
    NonZero,

    /// <summary>None: whatever the exit code, it is the result.</summary>
    Never,
}
