using System.ComponentModel;
using System.Diagnostics;

namespace GridVolunteer.Agent.Workloads;

/// <summary>Runs the <c>dotnet</c> command for building a workload's project.</summary>
internal static class DotnetTool
{
    private const int OutputLinesKept = 40;

    /// <summary>Runs it to its end; cancelling kills it with its children.</summary>
    /// <exception cref="WorkloadLoadException">It is not installed, or it failed: the message ends with what
    /// it printed last.</exception>
    public static async Task RunAsync(IEnumerable<string> arguments, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };

        // A build server would outlive this call and hold its pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";

        using var process = Start(start);
        process.StandardInput.Close();
        var tail = new Queue<string>();
        var reading = Task.WhenAll(
            KeepTailAsync(process.StandardOutput, tail), KeepTailAsync(process.StandardError, tail));
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        await reading.WaitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new WorkloadLoadException(
                $"dotnet {string.Join(' ', start.ArgumentList)} failed with exit code {process.ExitCode}:\n" +
                string.Join('\n', tail));
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new WorkloadLoadException(
                $"'{start.FileName}' cannot be started ({e.Message}). Building a project needs the .NET SDK; " +
                "or give a package (.gvw) instead.", e);
        }
    }

    private static async Task KeepTailAsync(StreamReader reader, Queue<string> tail)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (tail)
            {
                tail.Enqueue(line);
                if (tail.Count > OutputLinesKept)
                {
                    tail.Dequeue();
                }
            }
        }
    }
}
