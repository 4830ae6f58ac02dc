using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Coordinator.Events;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Coordinator.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>
/// What a coordinator consists of, opened in the order of need and closed in the reverse: loggers, the lock of the data
/// folder, secrets, storage, application. However far an opening got, disposing takes it all back.
/// </summary>
/// <param name="options">How the coordinator runs.</param>
/// <param name="clock">The clock.</param>
internal sealed class CoordinatorParts(CoordinatorOptions options, TimeProvider clock) : IAsyncDisposable
{
    private DataFolderLock? _folder;

    public ILoggerFactory Loggers { get; } = CoordinatorApplication.CreateLoggers(options);

    public GridBackend? Backend { get; private set; }

    public WebApplication? App { get; private set; }

    /// <summary>Opens everything; nothing runs yet.</summary>
    /// <exception cref="CoordinatorStartException">Something cannot be opened; the message says what to do.</exception>
    public (WebApplication App, CoordinatorSecrets Secrets) Open()
    {
        try
        {
            // The lock first: a second coordinator on this folder may not even look at it.
            _folder = DataFolderLock.Acquire(options.DataFolder);
            var secrets = CoordinatorSecrets.Load(options);
            var ring = new EventRing(clock.GetUtcNow());
            var queue = new HintQueue();
            Backend = GridBackend.Open(_folder, options, ring, queue, clock, Loggers);
            App = CoordinatorApplication.Build(options, clock, Loggers, secrets, ring, queue, Backend);
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

        _folder?.Dispose();
        Loggers.Dispose();
    }
}
