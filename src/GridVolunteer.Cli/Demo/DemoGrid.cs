using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Cli.Demo;

/// <summary>
/// The grid of the demo on loopback: a coordinator in this process and agents in processes of their own, all
/// data in one temporary folder. Disposing it ends every process.
/// </summary>
public sealed class DemoGrid : IAsyncDisposable
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HeartbeatLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ArrivalLimit = TimeSpan.FromSeconds(30);
    private static readonly string[] Names = ["laptop", "desktop", "lab-pc", "old-server"];

    private readonly CoordinatorService _coordinator;
    private readonly GridConnection _connection;
    private readonly TimeProvider _clock;
    private readonly List<DemoAgent> _agents = [];
    private readonly Dictionary<PeerId, DemoAgent> _byPeer = [];

    private DemoGrid(CoordinatorService coordinator, TimeProvider clock)
    {
        _coordinator = coordinator;
        _clock = clock;
        _connection = GridConnection.Open(coordinator.Url, coordinator.OperatorToken, clock);
    }

    /// <summary>A client with the operator's token.</summary>
    public CoordinatorClient Client => _connection.Client;

    /// <summary>The agents, in the order they were started.</summary>
    public IReadOnlyList<DemoAgent> Agents => _agents;

    /// <summary>Starts the coordinator.</summary>
    /// <param name="folder">Where all data goes.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<DemoGrid> StartAsync(
        string folder, TimeProvider clock, CancellationToken cancellation)
    {
        var options = new CoordinatorOptions
        {
            Urls = ["http://127.0.0.1:0"],
            DataFolder = Path.Combine(folder, "coordinator"),
            HeartbeatInterval = HeartbeatInterval,
            HeartbeatLimit = HeartbeatLimit,
            TokenFolder = null,
            LogLevel = LogLevel.Error,
        };
        return new DemoGrid(await CoordinatorService.StartAsync(options, clock, cancellation), clock);
    }

    /// <summary>Starts the agents and waits until the coordinator has heard of each.</summary>
    public async Task StartAgentsAsync(string folder, CancellationToken cancellation)
    {
        foreach (var name in Names)
        {
            _agents.Add(DemoAgent.Start(name, _coordinator.Url, Path.Combine(folder, name)));
        }

        var started = _clock.GetTimestamp();
        while (_byPeer.Count < _agents.Count)
        {
            var peers = await Client.PeersAsync(after: null, Names.Length, cancellation);
            foreach (var peer in peers.Items)
            {
                _byPeer[peer.Peer] = _agents.Single(agent => agent.Name == peer.Name);
            }

            ThrowIfAgentEnded();
            if (_clock.GetElapsedTime(started) > ArrivalLimit)
            {
                throw new CliException(
                    $"Only {_byPeer.Count} of {_agents.Count} agents have come within {ArrivalLimit.TotalSeconds:0} s.");
            }

            await Task.Delay(LookEvery, _clock, cancellation);
        }
    }

    /// <summary>The agent behind a peer's id.</summary>
    public DemoAgent AgentOf(PeerId peer) => _byPeer[peer];

    /// <summary>The peer that <paramref name="agent"/> is, or null before it has come.</summary>
    public PeerId? PeerOf(DemoAgent agent)
    {
        foreach (var (peer, candidate) in _byPeer)
        {
            if (candidate == agent)
            {
                return peer;
            }
        }

        return null;
    }

    /// <summary>Fails when an agent ended that nobody killed.</summary>
    /// <exception cref="CliException">One did; the message says what it said last.</exception>
    public void ThrowIfAgentEnded() => _agents.ForEach(agent => agent.ThrowIfEnded());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_agents.Select(agent => agent.StopAsync()));
        _agents.ForEach(agent => agent.Dispose());
        _connection.Dispose();
        await _coordinator.DisposeAsync();
    }
}
