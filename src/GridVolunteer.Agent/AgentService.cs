using System.Security.Cryptography;
using GridVolunteer.Agent.Identity;
using GridVolunteer.Agent.Work;
using GridVolunteer.Protocol.Client;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Agent;

/// <summary>
/// The volunteer's program: holds work, computes it in worker processes, reports it. It goes on while the coordinator is
/// away, and where it ended when it was killed.
/// </summary>
public static class AgentService
{
    private const int SessionSizeBytes = 8;

    /// <summary>
    /// Runs until cancelled; then says goodbye within <see cref="AgentOptions.GoodbyeLimit"/>. Coordinators that are away are
    /// waited for.
    /// </summary>
    /// <exception cref="AgentException">It cannot start, or the coordinator will not have it; the message says what to do.</exception>
    public static async Task RunAsync(
        AgentOptions options, ILoggerFactory logs, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logs);
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new AgentException(string.Join(Environment.NewLine, faults));
        }

        using var folder = DataFolder.Open(options.DataFolder);
        using var key = AgentKeyFile.LoadOrCreate(folder.KeyFile);
        using var http = CoordinatorHttp.Create(options.Coordinator);
        using var token = new AgentToken(
            new CoordinatorClient(http, options.Coordinator, new FixedToken(null), time), key, options.EnrolmentToken, time);
        var client = new CoordinatorClient(http, options.Coordinator, token, time);
        var session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SessionSizeBytes));
        await using var agent = new AgentParts(options, folder, client, session, logs, time);
        var log = logs.CreateLogger("Agent");
        var peer = key.Peer.Short;
        AgentLog.Started(log, options.Name, peer, options.Coordinator, options.Threads);
        try
        {
            await agent.RunAsync(cancellationToken);
        }
        catch (CoordinatorProblemException problem)
        {
            throw new AgentException(
                $"The coordinator at {options.Coordinator} will not have this agent. {problem.Message}", problem);
        }
    }
}
