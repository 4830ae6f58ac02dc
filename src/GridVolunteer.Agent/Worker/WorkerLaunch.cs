using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using GridVolunteer.Agent.Worker.Inside;

namespace GridVolunteer.Agent.Worker;

/// <summary>
/// Starts a worker process and waits until it has connected. The socket lies in a folder of this user's alone, and the
/// process shows a secret that was made for it.
/// </summary>
internal sealed class WorkerLaunch : IDisposable
{
    private const int SecretSizeBytes = 16;
    private const int OutputTailSizeBytes = 8 * 1024;

    private WorkerLaunch(Process process, string secret)
    {
        Process = process;
        Secret = secret;
    }

    public Process Process { get; }

    public string Secret { get; }

    /// <summary>The end of what the process writes to its standard output and error.</summary>
    public OutputTail Output { get; } = new(OutputTailSizeBytes);

    /// <summary>Ends when both outputs are closed, or the process has ended and they are abandoned.</summary>
    public Task OutputRead { get; private set; } = Task.CompletedTask;

    /// <summary>Starts the process and answers its connection.</summary>
    /// <exception cref="WorkerStartException">It cannot be started, or does not connect within the limit.</exception>
    public static async Task<(WorkerLaunch Launch, Socket Connection)> StartAsync(
        WorkerCommand command, string scratchFolder, TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("gv-");
        WorkerLaunch? launch = null;
        try
        {
            // A socket's path may not be longer than about 100 bytes, which a data folder's may well be.
            var path = Path.Combine(folder.FullName, "w");
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);
            launch = StartProcess(command, path, scratchFolder);
            var connection = await launch.AcceptAsync(listener, limit, time, cancellation);
            (var started, launch) = (launch, null);
            return (started, connection);
        }
        catch (Exception fault) when (fault is SocketException or IOException or Win32Exception)
        {
            throw new WorkerStartException($"No worker could be started: {fault.Message}", fault);
        }
        finally
        {
            launch?.Dispose();
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Ends the process and what it started.</summary>
    public void Dispose()
    {
        PosixProcess.EndTree(Process);
        Process.Dispose();
    }

    private static WorkerLaunch StartProcess(WorkerCommand command, string socketPath, string scratchFolder)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretSizeBytes));
        var start = new ProcessStartInfo(command.FileName)
        {
            UseShellExecute = false,
            WorkingDirectory = scratchFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command.Arguments.Concat([WorkerMain.SocketArgument, socketPath]))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var ours in start.Environment.Keys.Where(k => k.StartsWith("GRIDVOLUNTEER", StringComparison.Ordinal)).ToList())
        {
            // Tokens and the like are not for code of strangers.
            start.Environment.Remove(ours);
        }

        start.Environment[WorkerMain.SecretVariable] = secret;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["TMPDIR"] = scratchFolder;
        var process = Process.Start(start) ?? throw new WorkerStartException("No worker process was started.");
        process.StandardInput.Close();
        var launch = new WorkerLaunch(process, secret);
        launch.OutputRead = Task.WhenAll(
            launch.ReadOutputAsync(process.StandardOutput.BaseStream),
            launch.ReadOutputAsync(process.StandardError.BaseStream));
        return launch;
    }

    private async Task<Socket> AcceptAsync(
        Socket listener, TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        var accepted = listener.AcceptAsync(linked.Token).AsTask();
        var ended = Process.WaitForExitAsync(linked.Token);
        await Task.WhenAny(accepted, ended);
        if (accepted.IsCompletedSuccessfully)
        {
            return await accepted;
        }

        cancellation.ThrowIfCancellationRequested();
        throw new WorkerStartException(ended.IsCompletedSuccessfully
            ? $"A worker ended at its start with exit code {Process.ExitCode}. {Output}".TrimEnd()
            : $"A worker did not connect within {limit.TotalSeconds:0} s. {Output}".TrimEnd());
    }

    private async Task ReadOutputAsync(Stream stream)
    {
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer) is var read and > 0)
            {
                Output.Append(buffer.AsSpan(0, read));
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process was disposed of: what it has still to say is of no interest.
        }
    }
}
