namespace GridVolunteer.Cli.CommandLine;

/// <summary>
/// A verb cannot go on for a reason the user can act on. The message is the whole of what is shown: a
/// sentence that says what is wrong and what to do.
/// </summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="exitCode">How the process ends.</param>
/// <param name="inner">What caused it, if anything.</param>
public sealed class CliException(string message, ExitCode exitCode = ExitCode.Failed, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>How the process ends.</summary>
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>Wrong use of the command line.</summary>
    public static CliException WrongUse(string message, Exception? inner = null) =>
        new(message, ExitCode.WrongUse, inner);
}
