using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Cluster.Tests.Survival;
using GridVolunteer.EndToEnd.Tests.Running;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cluster.Tests.Operation;

/// <summary>
/// A grid as it is operated, of real processes on loopback: Redis, silos, the gateway on its own configuration,
/// agents, and the command line.
/// </summary>
internal sealed class OperatedGrid : IAsyncDisposable
{
    private const string Token = "an-operator-token-for-tests";

    private readonly string _folder = Directory.CreateTempSubdirectory("gv-operated-").FullName;
    private readonly RedisServer _redis;
    private readonly List<ServingProcess> _agents = [];
    private readonly HttpClient _http;

    private OperatedGrid(RedisServer redis, GatewayProcess gateway)
    {
        _redis = redis;
        Gateway = gateway;
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "operator.token"), Token + "\n");
        Program = new CliProgram(new Dictionary<string, string>
        {
            ["XDG_CONFIG_HOME"] = Path.Combine(_folder, "config"),
            ["XDG_DATA_HOME"] = Path.Combine(_folder, "share"),
            ["XDG_STATE_HOME"] = Path.Combine(_folder, "state"),
            ["GRIDVOLUNTEER_COORDINATOR"] = gateway.Url.GetLeftPart(UriPartial.Authority),
            ["GRIDVOLUNTEER_TOKEN"] = Token,
            ["DOTNET_NOLOGO"] = "1",
        });
        _http = CoordinatorHttp.Create(gateway.Url);
        Client = new CoordinatorClient(_http, gateway.Url, new FixedToken(Token), TimeProvider.System);
    }

    public GatewayProcess Gateway { get; }

    public List<SiloProcess> Silos { get; } = [];

    /// <summary>The command line, as this grid's user has it.</summary>
    public CliProgram Program { get; }

    /// <summary>A client with the operator's token, through the gateway.</summary>
    public CoordinatorClient Client { get; }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts everything but agents.</summary>
    public static async Task<OperatedGrid> StartAsync(int silos)
    {
        var grid = new OperatedGrid(await RedisServer.StartAsync(), await GatewayProcess.StartAsync());
        try
        {
            for (var i = 0; i < silos; i++)
            {
                await grid.AddSiloAsync();
            }

            return grid;
        }
        catch
        {
            await grid.DisposeAsync();
            throw;
        }
    }

    /// <summary>A further silo, which the gateway finds by itself.</summary>
    public async Task AddSiloAsync()
    {
        var address = Gateway.NextAddress();
        Silos.Add(await SiloProcess.StartAsync(
            _redis.Address, "operated", Data, $"http://{address}:{Gateway.SiloPort}",
            "--heartbeat-interval", "1", "--heartbeat-limit", "5"));
        await Gateway.AddAsync(address);
    }

    /// <summary>Starts agents of one thread each and waits until they are heard of.</summary>
    public async Task StartAgentsAsync(params string[] names)
    {
        _agents.AddRange(names.Select(name => ServingProcess.Start(Program.Start(
            "agent", "--name", name, "--threads", "1", "--data", Path.Combine(_folder, name)))));
        await Eventually.TrueAsync(async () =>
        {
            var peers = await Client.PeersAsync(after: null, 100, CancellationToken.None);
            return names.All(name => peers.Items.Any(peer => peer.Name == name && peer.State == "alive"));
        });
    }

    /// <summary>Submits units that add up their indexes, each of which takes so long.</summary>
    public async Task<JobId> SubmitAsync(int units, int milliseconds)
    {
        var submitted = (await Program.RunAsync(
            "submit", RepositoryFiles.TroubleFolder, "--json", "--param", $"units={units}", "--param",
            $"milliseconds={milliseconds}")).Expect(0);
        return JobId.Parse(submitted.Json.GetProperty("jobId").GetString()!);
    }

    /// <summary>Waits until so many units of a job are validated.</summary>
    public async Task<JobView> ValidatedAsync(JobId job, int units) => await Eventually.GetAsync(
        async () =>
        {
            var view = await Client.JobAsync(job, CancellationToken.None);
            return view.UnitsValidated >= units ? view : null;
        },
        what: $"{units} units of {job}");

    /// <summary>What everybody said, for a test that fails.</summary>
    public string Describe() => string.Join(
        "\n\n", [Gateway.Said, .. Silos.Select(silo => silo.Said), .. _agents.Select(agent => agent.Said)]);

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
        {
            await agent.DisposeAsync();
        }

        _http.Dispose();
        await Gateway.DisposeAsync();
        foreach (var silo in Silos)
        {
            await silo.DisposeAsync();
        }

        await _redis.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
