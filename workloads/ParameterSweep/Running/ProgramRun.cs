using System.ComponentModel;
using System.Diagnostics;
using GridVolunteer.Sdk;

namespace GridVolunteer.Workloads.ParameterSweep.Running;

/// <summary>
/// Runs a program to its end in a folder, with its standard input closed and its outputs kept up to a bound.
/// </summary>
internal sealed class ProgramRun
{
    private const int StdoutSizeBytesMax = 64 << 10;
    private const int StderrSizeBytesMax = 2 << 10;

    public BoundedCapture Stdout { get; } = new(StdoutSizeBytesMax, keepEnd: false);

    public BoundedCapture Stderr { get; } = new(StderrSizeBytesMax, keepEnd: true);

    /// <summary>Runs it; cancelling kills it with all its children.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="folder">Where it runs. A program named with a slash is looked up from here.</param>
    /// <param name="threads">Threads it may use, told by the variables that numeric libraries read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code; 128 and the signal's number when a signal ended it.</returns>
    /// <exception cref="WorkloadException">It cannot be started.</exception>
    public async Task<int> RunAsync(
        IReadOnlyList<string> command, string folder, int threads, CancellationToken cancellationToken)
    {
        using var process = Start(command, folder, threads);
        process.StandardInput.Close();
        try
        {
            // Waiting for the end of the pipes waits for the children that inherited them, too.
            await Task.WhenAll(
                Stdout.ReadAsync(process.StandardOutput.BaseStream, cancellationToken),
                Stderr.ReadAsync(process.StandardError.BaseStream, cancellationToken),
                process.WaitForExitAsync(cancellationToken));
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            ProcessTree.Kill(process, folder);
            throw;
        }
    }

    private static Process Start(IReadOnlyList<string> command, string folder, int threads)
    {
        var start = new ProcessStartInfo(Locate(command[0], folder), command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        SetEnvironment(start.Environment, folder, threads);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new WorkloadException($"'{command[0]}' cannot be started: {e.Message}", e);
        }
    }

    private static string Locate(string program, string folder) =>
        program.Contains('/') && !Path.IsPathRooted(program) ? Path.Combine(folder, program) : program;

    /// <summary>
    /// What the agent keeps in its environment is not the program's business; what differs between machines
    /// is set alike.
    /// </summary>
    private static void SetEnvironment(IDictionary<string, string?> environment, string folder, int threads)
    {
        foreach (var name in environment.Keys.Where(n => n.StartsWith(
            "GRIDVOLUNTEER", StringComparison.OrdinalIgnoreCase)
            || n.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            environment.Remove(name);
        }

        environment["LC_ALL"] = "C.UTF-8";
        environment["TZ"] = "UTC";
        environment["TMPDIR"] = folder;
        environment[ProcessTree.Mark] = folder;
        environment["OMP_NUM_THREADS"] = threads.ToString(System.Globalization.CultureInfo.InvariantCulture);
        environment["PYTHONDONTWRITEBYTECODE"] = "1";
    }
}
