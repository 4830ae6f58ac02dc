using System.Diagnostics.Metrics;
using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Coordinator.Events;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Coordinator.Storage;
using GridVolunteer.Coordinator.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>
/// What a coordinator consists of, opened in the order of need and closed in the reverse: logs and meters,
/// backend, secrets, application. However far an opening got, disposing takes it all back.
/// </summary>
/// <param name="options">How the coordinator runs.</param>
/// <param name="clock">The clock.</param>
/// <param name="openBackend">Opens what lies behind the API.</param>
internal sealed class CoordinatorParts(
    CoordinatorOptions options, TimeProvider clock, Func<BackendServices, IGridBackend> openBackend)
    : IAsyncDisposable
{
    private readonly ServiceProvider _basics = CoordinatorApplication.CreateBasics(options);

    public ILoggerFactory Loggers => _basics.GetRequiredService<ILoggerFactory>();

    public IGridBackend? Backend { get; private set; }

    public WebApplication? App { get; private set; }

    /// <summary>Opens everything; nothing runs yet.</summary>
    /// <exception cref="CoordinatorStartException">Something cannot be opened; the message says what to
    /// do.</exception>
    public (WebApplication App, CoordinatorSecrets Secrets) Open()
    {
        try
        {
            var ring = new EventRing(clock.GetUtcNow());
            var queue = new HintQueue();
            var instruments = new CoordinatorInstruments(_basics.GetRequiredService<IMeterFactory>());
            var events = new EventSink(ring, instruments);
            Backend = openBackend(new BackendServices(options, events, ring, queue, clock, Loggers));
            var secrets = CoordinatorSecrets.Load(options);
            App = CoordinatorApplication.Build(
                options, clock, _basics, new CoordinatorServices(secrets, ring, queue, instruments, Backend));
            return (App, secrets);
        }
        catch (DataFolderException e)
        {
            throw new CoordinatorStartException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (App is not null)
        {
            await App.DisposeAsync();
        }

        if (Backend is not null)
        {
            await Backend.DisposeAsync();
        }

        await _basics.DisposeAsync();
    }
}
