using System.Net;
using System.Text;
using System.Text.Json;
using GridVolunteer.Cluster.Tests.Operation;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Client;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Cluster.Tests.Survival;

/// <summary>
/// Three silos in processes of their own on a Redis that syncs before it answers, a gateway before them, and
/// volunteers that never rest.
/// </summary>
internal sealed class SiloCluster : IAsyncDisposable
{
    private const int Size = 3;
    private const int Jobs = 4;
    private const int Volunteers = 6;
    private const long UnitsPerJob = 40_000_000;
    private static readonly TimeSpan FlowLimit = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gv-survival-");
    private readonly HttpClient _http;
    private readonly CoordinatorClient _client;
    private CancellationTokenSource _stop = new();
    private Task[] _load = [];

    private SiloCluster(RedisServer redis, GatewayProcess gateway)
    {
        Redis = redis;
        Gateway = gateway;
        _http = CoordinatorHttp.Create(gateway.Url);
        _client = new CoordinatorClient(_http, gateway.Url, new FixedToken(OperatorToken), TimeProvider.System);
    }

    public RedisServer Redis { get; }

    public GatewayProcess Gateway { get; }

    public List<SiloProcess> Silos { get; } = [];

    public IReadOnlyList<JobId> JobIds { get; private set; } = [];

    public IReadOnlyList<Volunteer> Load { get; private set; } = [];

    /// <summary>Exchanges of the volunteer that has the fewest.</summary>
    public int FewestExchanges => Load.Min(volunteer => volunteer.Exchanges);

    /// <summary>Requests that volunteers repeated, in order.</summary>
    public IReadOnlyList<Repetition> Repetitions =>
        [.. Load.SelectMany(volunteer => volunteer.Repetitions).OrderBy(repetition => repetition.At)];

    private string Data => Path.Combine(_folder.FullName, "data");

    private string OperatorToken
    {
        get
        {
            // Shared by all silos; here before any of them, so that the client can be made first.
            Directory.CreateDirectory(Data);
            var path = Path.Combine(Data, "operator.token");
            if (!File.Exists(path))
            {
                File.WriteAllText(path, "an-operator-token-for-tests\n");
            }

            return File.ReadAllText(path).Trim();
        }
    }

    /// <summary>Three silos, jobs, and a load that flows.</summary>
    public static async Task<SiloCluster> StartAsync()
    {
        var cluster = new SiloCluster(await RedisServer.StartAsync(), await GatewayProcess.StartAsync());
        try
        {
            await cluster.FillAsync();
            await cluster.SubmitAsync();
            cluster.Load =
                [.. Enumerable.Range(0, Volunteers).Select(i => new Volunteer($"load-{i}", cluster.Gateway.Url))];
            await cluster.FlowAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>After a test: as many silos as at first, and a load that flows again.</summary>
    public async Task RestoreAsync()
    {
        foreach (var gone in Silos.Where(silo => silo.HasExited).ToArray())
        {
            Silos.Remove(gone);
            await gone.DisposeAsync();
        }

        await FillAsync();
        await FlowAsync();
    }

    /// <summary>A further silo.</summary>
    public async Task AddSiloAsync() => await AddAsync(await NewSiloAsync());

    /// <summary>
    /// Waits until every volunteer had results acknowledged several times more, and answers the longest that one
    /// of them had to wait from one time to the next.
    /// </summary>
    public async Task<TimeSpan> FlowsAsync()
    {
        var flows = Task.WhenAll(Load.Select(volunteer => volunteer.ExchangedAsync(15)));
        try
        {
            var first = await Task.WhenAny([flows, .. _load]).WaitAsync(FlowLimit);
            Assert.True(first == flows, $"{first.Exception}\n{Faults()}");
        }
        catch (TimeoutException)
        {
            Assert.Fail(Describe());
        }

        var gap = Load.Max(volunteer => volunteer.LongestGap);
        foreach (var volunteer in Load)
        {
            volunteer.LongestGap = TimeSpan.Zero;
        }

        return gap;
    }

    /// <summary>
    /// Ends the load and compares: every result that was acknowledged is there, right, and once; no more were taken in
    /// than there are, and none from two reports.
    /// </summary>
    public async Task<long> VerifyAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_load);
        _load = [];
        var missing = Load.SelectMany(volunteer => volunteer.Acknowledged).ToHashSet();
        var acknowledged = missing.Count;
        var validated = 0L;
        foreach (var job in JobIds)
        {
            var seen = new HashSet<long>();
            await foreach (var line in _client.ResultsAsync(job))
            {
                Assert.Equal(
                    $$"""{"unit":{{line.Unit}},"state":"valid","result":{{Volunteer.ResultOf(line.Unit)}}}""",
                    Encoding.UTF8.GetString(line.Json.Span));
                Assert.True(seen.Add(line.Unit), $"Unit {line.Unit} of {job} has two results.");
                missing.Remove((job, line.Unit));
            }

            Assert.Equal(seen.Count, (await _client.JobAsync(job, CancellationToken.None)).UnitsValidated);
            validated += seen.Count;
        }

        Assert.True(missing.Count == 0, $"{missing.Count} of {acknowledged} acknowledged results are missing.");
        Assert.InRange(Load.Sum(volunteer => volunteer.Accepted), 1, validated);
        var takenIn = new HashSet<(JobId, long)>();
        Assert.All(Load.SelectMany(volunteer => volunteer.TakenIn), unit => Assert.True(takenIn.Add(unit), $"{unit}: taken in twice."));
        Assert.NotEmpty(takenIn);
        return acknowledged;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var silo in Silos)
        {
            await silo.DisposeAsync();
        }

        await Gateway.DisposeAsync();
        await Task.WhenAll(_load).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var volunteer in Load)
        {
            volunteer.Dispose();
        }

        _http.Dispose();
        await Redis.DisposeAsync();
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task FillAsync()
    {
        var missing = Enumerable.Range(0, Size - Silos.Count).Select(_ => NewSiloAsync());
        foreach (var silo in await Task.WhenAll(missing))
        {
            await AddAsync(silo);
        }
    }

    private async Task FlowAsync()
    {
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        _load = [.. Load.Select(volunteer => volunteer.RunAsync(_stop.Token))];
        await FlowsAsync();
    }

    /// <summary>What the gateway and the silos said, those that ended too.</summary>
    public string Told() => string.Join(
        "\n\n", [$"Gateway: {Gateway.Said}", .. Silos.Select(silo => $"Silo at {silo.Url}, {silo.SiloPort}: {silo.Said}")]);

    private string Faults() => string.Join(
        "\n", Silos.SelectMany(silo => silo.Said.Split('\n').Where(line => line.Contains("Z fail: ", StringComparison.Ordinal))));

    private string Describe() =>
        $"Work does not flow for a minute. Exchanges: {string.Join(", ", Load.Select(v => v.Exchanges))}; repeated: "
        + $"{string.Join(", ", Load.Select(v => v.Repetitions.Count))}; last trouble: {Load[0].Trouble}\n"
        + Told();

    private Task<SiloProcess> NewSiloAsync() => SiloProcess.StartAsync(
        Redis.Address, "survival", Data, $"http://{Gateway.NextAddress()}:{Gateway.SiloPort}");

    private async Task AddAsync(SiloProcess silo)
    {
        Silos.Add(silo);
        await Gateway.AddAsync(IPAddress.Parse(silo.Url.Host));
    }

    private async Task SubmitAsync()
    {
        var bytes = "A package that nobody opens."u8.ToArray();
        var blob = BlobHasher.Of(bytes);
        await _client.UploadBlobAsync(blob, () => new MemoryStream(bytes), CancellationToken.None);
        var jobs = new List<JobId>();
        for (var i = 0; i < Jobs; i++)
        {
            var submission = new JobSubmission
            {
                RequestId = $"load-{i}",
                Workload = "Load",
                Package = blob,
                Parameters = JsonElement.Parse("{}"),
                Units = UnitsPerJob,
                MergeFanIn = 0,
                UnitSecondsEstimate = 0.001,
            };
            jobs.Add((await _client.SubmitAsync(submission, CancellationToken.None)).JobId);
        }

        JobIds = jobs;
    }
}
