using System.CommandLine;
using System.CommandLine.Invocation;

namespace GridVolunteer.Cli.CommandLine;

/// <summary>
/// Runs one command line: parses, acts, and turns every failure into a sentence and an exit code.
/// </summary>
public static class CliRun
{
    /// <summary>Runs <paramref name="args"/>.</summary>
    /// <returns>The process's exit code, one of <see cref="ExitCode"/>.</returns>
    public static async Task<int> InvokeAsync(
        IReadOnlyList<string> args, CliHost host, CancellationToken cancellation)
    {
        var tree = CommandTree.Create(host);
        var parsed = tree.Parse(args);
        if (args.Count == 0)
        {
            await tree.Parse("--help").InvokeAsync(Configuration(host.Terminal.Error), cancellation);
            return (int)ExitCode.WrongUse;
        }

        if (parsed.Action is ParseErrorAction)
        {
            UsageRefusal.Write(parsed, host.Terminal.Error);
            return (int)ExitCode.WrongUse;
        }

        try
        {
            return await parsed.InvokeAsync(Configuration(host.Terminal.Out), cancellation);
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

    private static InvocationConfiguration Configuration(TextWriter output) => new()
    {
        Output = output,
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };
}
