using System.CommandLine;
using System.CommandLine.Invocation;

namespace GridVolunteer.Cli.CommandLine;

/// <summary>Runs one command line: parses, acts, and turns every failure into a sentence and an exit code.</summary>
public static class CliRun
{
    /// <summary>Runs <paramref name="args"/>.</summary>
    /// <returns>The process's exit code, one of <see cref="ExitCode"/>.</returns>
    public static async Task<int> InvokeAsync(
        IReadOnlyList<string> args, CliHost host, CancellationToken cancellation)
    {
        var parsed = CommandTree.Create(host).Parse(args);
        if (parsed.Action is ParseErrorAction error)
        {
            return RefuseUse(parsed, error, host);
        }

        var configuration = new InvocationConfiguration
        {
            Output = host.Terminal.Out,
            Error = host.Terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return (int)ExitCode.Failed;
        }
        catch (Exception e)
        {
            // The edge of the process: whatever was thrown becomes a sentence and an exit code.
            host.Terminal.Error.WriteLine(FailureText.Of(e, host));
            return (int)FailureText.ExitCodeOf(e);
        }
    }

    private static int RefuseUse(ParseResult parsed, ParseErrorAction error, CliHost host)
    {
        var nothingGiven = parsed.Tokens.Count == 0;
        error.ShowHelp = nothingGiven;
        error.ShowTypoCorrections = true;
        parsed.Invoke(new InvocationConfiguration { Output = host.Terminal.Error, Error = host.Terminal.Error });
        if (!nothingGiven)
        {
            host.Terminal.Error.WriteLine($"See '{CommandPath.Of(parsed.CommandResult)} --help'.");
        }

        return (int)ExitCode.WrongUse;
    }
}
