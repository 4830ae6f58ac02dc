using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using GridVolunteer.Cluster.Grains;
using GridVolunteer.Cluster.Silos;
using GridVolunteer.Cluster.Storage;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Blobs;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace GridVolunteer.Cluster.Hosting;

/// <summary>
/// The backend of one silo of a cluster: grains for entities, Redis for membership, journal and news, a shared
/// folder for results and blobs.
/// </summary>
internal sealed class ClusterBackend : IGridBackend
{
    private readonly BackendServices _services;
    private readonly SiloOptions _options;
    private readonly ConnectionMultiplexer _redis;
    private readonly SharedRows _rows;
    private readonly RedisJournal _journal;
    private readonly SiloNews _news;
    private readonly CatalogWatch _catalog;
    private readonly IHost _host;
    private readonly ILogger _logger;
    private bool _started;

    private ClusterBackend(
        BackendServices services, SiloOptions options, ConnectionMultiplexer redis, BlobStore blobs)
    {
        _services = services;
        _options = options;
        _redis = redis;
        _logger = services.Loggers.CreateLogger<ClusterBackend>();
        var folder = new EntityFolder(services.Options.DataFolder);
        _rows = new SharedRows(folder);
        _journal = new RedisJournal(
            redis.GetDatabase(), options.ClusterId, _rows, new ClosedEntities(folder), _logger);
        _news = new SiloNews(services, redis.GetSubscriber(), options.ClusterId, Name(options));
        Answered = new RedisChallenges(redis.GetDatabase(), options.ClusterId, services.Clock);
        Blobs = blobs;
        _host = BuildHost();
        Engine = _host.Services.GetRequiredService<SiloEngine>();
        Volunteers = _host.Services.GetRequiredService<ClusterRoster>();
        _catalog = new CatalogWatch(Grid, services.Broker, services.Clock, _logger);
    }

    /// <inheritdoc/>
    public IGrid Grid => Engine.Grid;

    /// <inheritdoc/>
    public IResultStore Results => _rows;

    /// <inheritdoc/>
    public BlobStore Blobs { get; }

    /// <inheritdoc/>
    public IVolunteerRoster Volunteers { get; }

    /// <inheritdoc/>
    public IAnsweredChallenges Answered { get; }

    /// <inheritdoc/>
    public string? Trouble => _journal.Trouble;

    /// <summary>What the grains of this silo work with.</summary>
    internal SiloEngine Engine { get; }

    /// <summary>Opens the shared folder and the connection to Redis.</summary>
    /// <exception cref="CoordinatorStartException">Redis cannot be reached, or an option is wrong.</exception>
    /// <exception cref="DataFolderException">The folder cannot be used.</exception>
    public static ClusterBackend Open(BackendServices services, SiloOptions options)
    {
        if (options.Faults() is { Count: > 0 } faults)
        {
            throw new CoordinatorStartException(faults);
        }

        SharedFolder.Open(services.Options, Name(options), services.Clock, out var blobs);
        var redis = Connect(options);
        try
        {
            return new ClusterBackend(services, options, redis, blobs);
        }
        catch
        {
            redis.Dispose(); // Rethrown: nothing of a start that failed may stay behind.
            throw;
        }
    }

    /// <inheritdoc/>
    public bool IsNear(ShardId shard) => Engine.Residents.Find(shard) is not null;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var promise = await RedisDurability.CheckAsync(_redis);
        var servers = string.Join(", ", _redis.GetServers().Select(server => server.EndPoint));
        JournalLog.Promise(
            _logger, promise.IsStrict ? LogLevel.Information : LogLevel.Warning, servers, promise.Text);
        await _news.StartAsync();
        Engine.Engine.Start(static () => { });
        _started = true;
        await StartSiloAsync(cancellationToken);
        _catalog.Start();
    }

    /// <inheritdoc/>
    public void Observe(Meter meter)
    {
        meter.CreateObservableCounter(
            "gridvolunteer.journal.turns", () => _journal.Turns, "{turn}", "Mailbox turns stored.");
        meter.CreateObservableCounter(
            "gridvolunteer.journal.written", () =>
                _journal.SizeBytes, "By", "Records, rows and snapshots stored.");
        meter.CreateObservableCounter(
            "gridvolunteer.silo.calls", () =>
                Engine.Calls.Measurements(), "{call}", "Calls of entities, by kind, and of those at hand.");
        meter.CreateObservableGauge(
            "gridvolunteer.entities.resident", () =>
                Engine.Residents.Entities, "{entity}", "Jobs and shards in memory.");
    }

    /// <summary>
    /// Drains: notices that wait are delivered, then the silo leaves the cluster and its grains move, each when
    /// what it was asked has been answered. Without Redis nobody can be told, and it goes all the same.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_started && !await LeaveAsync())
        {
            return; // What still tries to leave works with all of it.
        }

        _host.Dispose();
        Engine.Engine.Dispose();
        _rows.Dispose();
        await _redis.DisposeAsync();
    }

    /// <summary>
    /// Leaves within the limit of a stop. Answers false when it gave up: what still tries to leave, for minutes
    /// where Redis is away, is then left to the end of the process, and the others find out by themselves.
    /// </summary>
    private async Task<bool> LeaveAsync()
    {
        using var limit = new CancellationTokenSource(_services.Options.StopLimit, TimeProvider.System);
        try
        {
            await _catalog.DisposeAsync().AsTask().WaitAsync(limit.Token);
            await Engine.Engine.StopAsync(limit.Token).WaitAsync(limit.Token);
            await _host.StopAsync(limit.Token).WaitAsync(limit.Token);
            await _news.DisposeAsync().AsTask().WaitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            SiloLog.LeftWithoutAWord(_logger, _services.Options.StopLimit.TotalSeconds);
            return false;
        }
    }

    private static string Name(SiloOptions options) => $"{options.Address}-{options.SiloPort}";

    private static ConnectionMultiplexer Connect(SiloOptions options)
    {
        try
        {
            var configuration = ConfigurationOptions.Parse(options.Redis);
            configuration.AllowAdmin = true; // To ask how it keeps what it is given.
            configuration.ClientName = $"gridvolunteer-{Name(options)}";
            return ConnectionMultiplexer.Connect(configuration);
        }
        catch (RedisConnectionException e)
        {
            throw new CoordinatorStartException(
                $"Redis at {options.Redis} cannot be reached: start it, or name another with --redis. ({e.FailureType})",
                e);
        }
        catch (ArgumentException e)
        {
            throw new CoordinatorStartException(
                $"'{options.Redis}' does not name a Redis ({e.Message}): write it like 127.0.0.1:6379.", e);
        }
    }

    private IHost BuildHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(_services.Loggers);
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = _services.Options.StopLimit);
        builder.Services.AddSingleton(CreateEngine);
        builder.Services.AddSingleton<ClusterRoster>();
        builder.Services.AddSingleton<LossWatch>();
        builder.UseOrleans(silo => SiloSetup.Apply(silo, _options, _redis));
        return builder.Build();
    }

    private SiloEngine CreateEngine(IServiceProvider services)
    {
        var openings = new OpeningHints(services.GetRequiredService<ILocalSiloDetails>().SiloAddress);
        var residents = new SiloResidents();
        var counts = new CallCounts();
        var grid = new ClusterGrid(
            services.GetRequiredService<IGrainFactory>(), new PatientCalls(TimeProvider.System, counts), openings,
            residents, counts);
        var engine = new GridEngine(
            grid, _journal, _news, _news, new EntityHostOptions(), _services.Clock,
            _services.Loggers.CreateLogger<GridEngine>());
        return new SiloEngine(grid, engine, _news, _services.Options.Silence, residents, openings, counts);
    }

    private async Task StartSiloAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _host.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e.GetBaseException() is SocketException or IOException)
        {
            var at = new IPEndPoint(_options.Address, _options.SiloPort);
            throw new CoordinatorStartException(
                $"The silo cannot listen at {at} for other silos ({e.GetBaseException().Message}): choose another "
                + "--silo-port or --address.", e);
        }

        var silos = _host.Services.GetRequiredService<ISiloStatusOracle>();
        silos.SubscribeToSiloStatusEvents(_host.Services.GetRequiredService<LossWatch>());
        silos.SubscribeToSiloStatusEvents(_catalog);
    }
}
