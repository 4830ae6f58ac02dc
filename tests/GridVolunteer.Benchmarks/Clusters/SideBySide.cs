using GridVolunteer.Benchmarks.Load;

namespace GridVolunteer.Benchmarks.Clusters;

/// <summary>
/// Several services side by side that know nothing of each other. What they cost more than one of them is the
/// price of sharing the processors and of smaller turns; only what a cluster costs beyond that is the cluster's.
/// </summary>
/// <param name="services">The services.</param>
internal sealed class SideBySide(IReadOnlyList<ILoadedService> services) : ILoadedService
{
    /// <inheritdoc/>
    public IReadOnlyList<LoadedGrid> Grids { get; } = [.. services.SelectMany(s => s.Grids)];

    /// <inheritdoc/>
    public TimeSpan StartedIn => services[^1].StartedIn;

    /// <summary>The parts of the same name as one.</summary>
    public IReadOnlyList<ServicePart> Parts { get; } =
    [
        .. services.SelectMany(s => s.Parts).GroupBy(part => part.Name)
            .Select(parts => new ServicePart(parts.Key, [.. parts.SelectMany(part => part.Processes)])),
    ];

    /// <summary>Starts some, each in a folder of its own.</summary>
    public static async Task<ILoadedService> StartAsync(
        int count, Func<string, CancellationToken, Task<ILoadedService>> start, string folder,
        CancellationToken cancellationToken)
    {
        List<ILoadedService> started = [];
        try
        {
            while (started.Count < count)
            {
                var own = Directory.CreateDirectory(Path.Combine(folder, $"{started.Count}"));
                started.Add(await start(own.FullName, cancellationToken));
            }

            return new SideBySide(started);
        }
        catch
        {
            // Rethrown: nothing of a start that failed may stay behind.
            started.ForEach(service => service.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    public Task KillAsync() => Task.WhenAll(services.Select(s => s.KillAsync()));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var service in services)
        {
            service.Dispose();
        }
    }
}
