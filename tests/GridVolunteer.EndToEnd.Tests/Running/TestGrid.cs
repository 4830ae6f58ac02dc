using System.Reflection;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.EndToEnd.Tests.Running;

/// <summary>
/// A grid of real processes on loopback: a coordinator on a free port and agents, with every folder, the
/// user's own ones included, below one temporary folder.
/// </summary>
public sealed class TestGrid : IAsyncDisposable
{
    private readonly List<ServingProcess> _processes = [];
    private HttpClient? _http;
    private CoordinatorClient? _client;

    /// <summary>Makes the folders; nothing runs yet.</summary>
    public TestGrid()
    {
        Folder = Directory.CreateTempSubdirectory("gv-e2e-").FullName;
        Program = new CliProgram(new Dictionary<string, string>
        {
            ["XDG_CONFIG_HOME"] = Path.Combine(Folder, "config"),
            ["XDG_DATA_HOME"] = Path.Combine(Folder, "data"),
            ["XDG_STATE_HOME"] = Path.Combine(Folder, "state"),
            ["GRIDVOLUNTEER_COORDINATOR"] = "",
            ["GRIDVOLUNTEER_TOKEN"] = "",
            ["DOTNET_NOLOGO"] = "1",
        });
    }

    /// <summary>The built workload that makes trouble.</summary>
    public static string TroubleFolder { get; } = Metadata("TroubleFolder");

    /// <summary>The sample of OptionPricing.</summary>
    public static string PricingSampleFolder { get; } = Metadata("PricingSampleFolder");

    /// <summary>Everything lies in here.</summary>
    public string Folder { get; }

    /// <summary>The command line, as this grid's user has it.</summary>
    public CliProgram Program { get; }

    /// <summary>Where the coordinator listens.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>The coordinator's process.</summary>
    public ServingProcess Coordinator { get; private set; } = null!;

    /// <summary>The coordinator's data folder.</summary>
    public string CoordinatorFolder => Path.Combine(Folder, "coordinator");

    /// <summary>A client with the operator's token.</summary>
    public CoordinatorClient Client =>
        _client ?? throw new InvalidOperationException("Start the coordinator first.");

    /// <summary>Starts the coordinator, or starts it again where it was.</summary>
    public async Task StartCoordinatorAsync(params string[] more)
    {
        string[] args =
        [
            "coordinator", "--urls", Url.GetLeftPart(UriPartial.Authority), "--data", CoordinatorFolder,
            "--heartbeat-interval", "1", "--heartbeat-limit", "4", .. more,
        ];
        Coordinator = Add(ServingProcess.Start(Program.Start(args)));
        var line = await Coordinator.FirstLineAsync();
        Url = new Uri(
            line.Split(' ').First(word => word.StartsWith("http", StringComparison.Ordinal)).TrimEnd(','));
        _http?.Dispose();
        _http = CoordinatorHttp.Create(Url);
        var token = (await File.ReadAllTextAsync(Path.Combine(CoordinatorFolder, "operator.token"))).Trim();
        _client = new CoordinatorClient(_http, Url, new FixedToken(token), TimeProvider.System);
    }

    /// <summary>Starts agents of one thread each and waits until the coordinator has heard of them.</summary>
    public async Task StartAgentsAsync(params string[] names)
    {
        foreach (var name in names)
        {
            StartAgent(name);
        }

        await Eventually.TrueAsync(async () =>
        {
            var peers = await Client.PeersAsync(after: null, 100, CancellationToken.None);
            return names.All(name => peers.Items.Any(peer => peer.Name == name && peer.State == "alive"));
        });
    }

    /// <summary>Starts an agent on the folder of its name.</summary>
    public ServingProcess StartAgent(string name, params string[] more) => Add(ServingProcess.Start(Program.Start(
    [
        "agent", "--coordinator", Url.GetLeftPart(UriPartial.Authority), "--name", name, "--threads", "1",
        "--data", Path.Combine(Folder, name), .. more,
    ])));

    /// <summary>Runs a command against this grid's coordinator.</summary>
    public Task<CliResult> RunAsync(params string[] args) =>
        Program.RunAsync([.. args, "--coordinator", Url.GetLeftPart(UriPartial.Authority)]);

    /// <summary>Submits the workload that makes trouble.</summary>
    public async Task<JobId> SubmitTroubleAsync(params string[] parameters)
    {
        var given = parameters.SelectMany(parameter => new[] { "--param", parameter });
        var submitted = (await RunAsync(["submit", TroubleFolder, "--json", .. given])).Expect(0);
        return JobId.Parse(submitted.Json.GetProperty("jobId").GetString()!);
    }

    /// <summary>The job when it has ended.</summary>
    public Task<JobView> EndOfAsync(JobId id, TimeSpan? deadline = null) => Eventually.GetAsync(
        async () =>
        {
            var job = await Client.JobAsync(id, CancellationToken.None);
            return job.EndedAt is null ? null : job;
        },
        deadline,
        $"the end of {id}");

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        foreach (var process in Enumerable.Reverse(_processes))
        {
            await process.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static string Metadata(string key) => typeof(TestGrid).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;

    private ServingProcess Add(ServingProcess process)
    {
        _processes.Add(process);
        return process;
    }
}
