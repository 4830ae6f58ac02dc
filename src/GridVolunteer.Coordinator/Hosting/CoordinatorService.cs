using System.Net;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Coordinator.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>
/// A running coordinator. Whoever starts it owns it: it listens to no signals, so a verb of the command line,
/// a test and a benchmark stop it each in their own way.
/// </summary>
public sealed partial class CoordinatorService : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(500);

    private readonly CoordinatorParts _parts;
    private readonly ILogger _logger;
    private readonly PublishedToken? _published;
    private readonly CoordinatorOptions _options;
    private readonly TimeProvider _clock;
    private readonly Lock _stopLock = new();
    private Task? _stop;

    private CoordinatorService(
        CoordinatorParts parts, CoordinatorOptions options, TimeProvider clock, IReadOnlyList<Uri> urls,
        string operatorToken, PublishedToken? published)
    {
        _parts = parts;
        _options = options;
        _clock = clock;
        _logger = parts.Loggers.CreateLogger<CoordinatorService>();
        _published = published;
        Urls = urls;
        OperatorToken = operatorToken;
    }

    /// <summary>Where it listens, with the port that was taken where port 0 was asked for.</summary>
    public IReadOnlyList<Uri> Urls { get; }

    /// <summary>The first of <see cref="Urls"/>.</summary>
    public Uri Url => Urls[0];

    /// <summary>Lets its holder act.</summary>
    public string OperatorToken { get; }

    /// <summary>What the service is made of, for whoever embeds it.</summary>
    public IServiceProvider Services => _parts.App!.Services;

    /// <summary>Starts a coordinator; it takes requests when this returns.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="clock">The clock that everything in it goes by.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="CoordinatorStartException">It cannot start; the message says why and what to
    /// do.</exception>
    public static Task<CoordinatorService> StartAsync(
        CoordinatorOptions options, TimeProvider clock, CancellationToken cancellationToken) =>
        StartAsync(options, clock, EmbeddedBackend.Open, cancellationToken);

    /// <summary>Starts a coordinator on a backend of its own; it takes requests when this returns.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="clock">The clock that everything in it goes by.</param>
    /// <param name="openBackend">Opens what lies behind the API; the coordinator owns it.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="CoordinatorStartException">It cannot start; the message says why and what to
    /// do.</exception>
    public static async Task<CoordinatorService> StartAsync(
        CoordinatorOptions options, TimeProvider clock, Func<BackendServices, IGridBackend> openBackend,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        if (CoordinatorOptionsValidator.Faults(options) is { Count: > 0 } faults)
        {
            throw new CoordinatorStartException(faults);
        }

        var parts = new CoordinatorParts(options, clock, openBackend);
        try
        {
            var (app, secrets) = parts.Open();
            await parts.Backend!.StartAsync(cancellationToken);
            await WakeAsync(app.Services.GetRequiredService<HintKeeper>(), clock, cancellationToken);
            await ListenAsync(app, options, cancellationToken);
            var urls = BoundUrls(app);
            var published = Publish(options, secrets, urls);
            var service = new CoordinatorService(parts, options, clock, urls, secrets.OperatorToken, published);
            service.LogStarted(service.Url, options.DataFolder);
            return service;
        }
        catch
        {
            // Rethrown: nothing of a start that failed may stay behind.
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Starts a coordinator, tells <paramref name="onStarted"/>, and runs until <paramref name="stop"/> is
    /// cancelled; then stops it gracefully.
    /// </summary>
    /// <exception cref="CoordinatorStartException">It cannot start; the message says why and what to
    /// do.</exception>
    public static Task RunAsync(
        CoordinatorOptions options, TimeProvider clock, Action<CoordinatorService> onStarted,
        CancellationToken stop) => RunAsync(options, clock, EmbeddedBackend.Open, onStarted, stop);

    /// <summary>As the other one, on a backend of its own.</summary>
    /// <exception cref="CoordinatorStartException">It cannot start; the message says why and what to
    /// do.</exception>
    public static async Task RunAsync(
        CoordinatorOptions options, TimeProvider clock, Func<BackendServices, IGridBackend> openBackend,
        Action<CoordinatorService> onStarted, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(onStarted);
        await using var service = await StartAsync(options, clock, openBackend, stop);
        onStarted(service);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(stopped.SetResult);
        await stopped.Task;
    }

    /// <summary>
    /// Stops: says for <see cref="CoordinatorOptions.DrainTime"/> that it drains, takes no more connections,
    /// answers waiting polls with what there is, ends event streams, lets requests under way finish within
    /// <see cref="CoordinatorOptions.StopLimit"/>, and closes the storage. Calling it again waits for the same
    /// stop.
    /// </summary>
    public Task StopAsync()
    {
        lock (_stopLock)
        {
            return _stop ??= StopOnceAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task StopOnceAsync()
    {
        Services.GetRequiredService<DrainSign>().Raise();
        if (_options.DrainTime > TimeSpan.Zero)
        {
            LogDraining(_options.DrainTime.TotalSeconds);
            await Task.Delay(_options.DrainTime, _clock);
        }

        LogStopping();
        _published?.Withdraw();
        await _parts.App!.StopAsync(CancellationToken.None);
        LogStopped();
        await _parts.DisposeAsync();
    }

    /// <summary>
    /// Learns of the jobs. The catalogue may live on a silo that is just going, or starting on a busy machine:
    /// that is waited for, not a start that failed.
    /// </summary>
    private static async Task WakeAsync(
        HintKeeper hints, TimeProvider clock, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                await hints.StartAsync(cancellationToken);
                return;
            }
            catch (StorageUnavailableException e) when (clock.GetElapsedTime(began) >= StartPatience)
            {
                throw new CoordinatorStartException($"The jobs cannot be read: {e.Message}", e);
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(StartPause, clock, cancellationToken); // Recovered by asking again.
            }
        }
    }

    private static async Task ListenAsync(
        WebApplication app, CoordinatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            throw new CoordinatorStartException(BindFault.Describe(e, options.Urls), e);
        }
    }

    private static IReadOnlyList<Uri> BoundUrls(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        return [.. addresses!.Addresses.Select(address => new Uri(address))];
    }

    private static PublishedToken? Publish(
        CoordinatorOptions options, CoordinatorSecrets secrets, IReadOnlyList<Uri> urls)
    {
        if (options.TokenFolder is not { } folder)
        {
            return null;
        }

        try
        {
            // Who listens on every address is found on loopback too.
            var found = urls.SelectMany(url => IPAddress.TryParse(url.DnsSafeHost, out var ip)
                && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
                    ? [url, new UriBuilder(url) { Host = "127.0.0.1" }.Uri]
                    : new[] { url });
            return PublishedToken.Publish(secrets.OperatorToken, found, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CoordinatorStartException(
                $"The operator token cannot be left in {folder} for the command line to find: {e.Message}",
                e);
        }
    }
}
