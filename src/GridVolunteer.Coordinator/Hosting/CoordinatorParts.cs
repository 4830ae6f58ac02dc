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
/// the lock of the data folder, secrets, storage, application. However far an opening got, disposing takes it
/// all back.
/// </summary>
/// <param name="options">How the coordinator runs.</param>
/// <param name="clock">The clock.</param>
internal sealed class CoordinatorParts(CoordinatorOptions options, TimeProvider clock) : IAsyncDisposable
{
    private DataFolderLock? _folder;

    private readonly ServiceProvider _basics = CoordinatorApplication.CreateBasics(options);

    public ILoggerFactory Loggers => _basics.GetRequiredService<ILoggerFactory>();

    public GridBackend? Backend { get; private set; }

    public WebApplication? App { get; private set; }

    /// <summary>Opens everything; nothing runs yet.</summary>
    /// <exception cref="CoordinatorStartException">Something cannot be opened; the message says what to
    /// do.</exception>
    public (WebApplication App, CoordinatorSecrets Secrets) Open()
    {
        try
        {
            // The lock first: a second coordinator on this folder may not even look at it. Whoever is no owner may
            // not look at results either.
            CreateFolder();
            _folder = DataFolderLock.Acquire(options.DataFolder);
            var secrets = CoordinatorSecrets.Load(options);
            var ring = new EventRing(clock.GetUtcNow());
            var queue = new HintQueue();
            var instruments = new CoordinatorInstruments(_basics.GetRequiredService<IMeterFactory>());
            var events = new EventSink(ring, instruments);
            Backend = GridBackend.Open(_folder, options, events, queue, clock, Loggers);
            App = CoordinatorApplication.Build(
                options, clock, _basics, new CoordinatorServices(secrets, ring, queue, instruments, Backend));
            return (App, secrets);
        }
        catch (DataFolderException e)
        {
            throw new CoordinatorStartException(e.Message, e);
        }
    }

    private void CreateFolder()
    {
        try
        {
            SecretFile.CreateFolder(options.DataFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CoordinatorStartException(
                $"The data folder '{options.DataFolder}' cannot be created: {e.Message}", e);
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

        _folder?.Dispose();
        await _basics.DisposeAsync();
    }
}
