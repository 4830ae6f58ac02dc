using Microsoft.Extensions.Hosting;

namespace GridVolunteer.Coordinator.Hosting;

/// <summary>
/// Leaves starting and stopping to the owner of the service: several may run in one process, and none takes
/// its signals.
/// </summary>
public sealed class OwnedLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
