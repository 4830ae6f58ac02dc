using System.Net.Sockets;
using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Agent.Worker.Inside;

namespace GridVolunteer.Agent.Worker;

/// <summary>
/// The worker process: what <c>gridvolunteer worker</c> runs. It serves one job to the agent that started it, at the lowest
/// priority, and ends with everything it started as soon as that agent has gone.
/// </summary>
public static class WorkerMain
{
    /// <summary>The argument that names the agent's socket.</summary>
    internal const string SocketArgument = "--socket";

    /// <summary>The environment variable with the secret that the worker shows its agent.</summary>
    internal const string SecretVariable = "GRIDVOLUNTEER_WORKER_SECRET";

    private const int WrongUse = 2;

    /// <summary>
    /// Serves until the agent closes the connection; then the process is ended from within. Returns only when it was not
    /// started by an agent (2), or the agent could not be reached or made no sense (1).
    /// </summary>
    /// <param name="args">What follows the verb.</param>
    public static Task<int> RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var secret = Environment.GetEnvironmentVariable(SecretVariable);
        if (args is not [SocketArgument, var path] || string.IsNullOrEmpty(secret))
        {
            Console.Error.WriteLine("This verb is for agents, which start their workers with it.");
            return Task.FromResult(WrongUse);
        }

        // What the workload starts inherits the environment; the secret is not for it.
        Environment.SetEnvironmentVariable(SecretVariable, null);
        PosixProcess.LeadOwnGroup();
        PosixProcess.LowerPriority();
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(path));
            using var stream = new NetworkStream(socket);
            new WorkerSession(stream, TimeProvider.System).Serve(secret);
        }
        catch (Exception fault) when (fault is IOException or SocketException or FrameException)
        {
            Console.Error.WriteLine($"The connection to the agent failed: {fault.Message}");
        }

        PosixProcess.EndSelf();
        return Task.FromResult(1);
    }
}
