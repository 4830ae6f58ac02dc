using Microsoft.Extensions.Hosting;

namespace Whiteboard.Pages;

/// <summary>Leaves signals alone: whoever starts the page stops it.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
