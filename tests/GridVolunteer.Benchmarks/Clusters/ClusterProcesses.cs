using System.Globalization;
using System.Text.RegularExpressions;
using GridVolunteer.Benchmarks.Load;

namespace GridVolunteer.Benchmarks.Clusters;

/// <summary>A cluster as it is run: a Redis and silos, each a process of its own.</summary>
internal sealed partial class ClusterProcesses : ILoadedService
{
    private readonly List<ServiceProcess> _silos;

    private ClusterProcesses(RedisProcess redis, List<ServiceProcess> silos, string dataFolder)
    {
        Redis = redis;
        _silos = silos;
        Grids =
        [
            new LoadedGrid(
                [.. silos.Select(silo => new Uri(silo.Announced))],
                File.ReadAllText(Path.Combine(dataFolder, "operator.token")).Trim()),
        ];
    }

    /// <summary>Its Redis.</summary>
    public RedisProcess Redis { get; }

    /// <inheritdoc/>
    public IReadOnlyList<LoadedGrid> Grids { get; }

    /// <inheritdoc/>
    public TimeSpan StartedIn => _silos[^1].StartedIn;

    /// <inheritdoc/>
    public IReadOnlyList<ServicePart> Parts => [new("silos", _silos), new("redis", [Redis.Process])];

    /// <summary>Starts Redis and silos below a folder, at free ports of loopback.</summary>
    /// <param name="program">The built <c>gridvolunteer-silo.dll</c>.</param>
    /// <param name="silos">How many.</param>
    /// <param name="folder">Where Redis' data and the shared folder go.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ClusterProcesses> StartAsync(
        string program, int silos, string folder, CancellationToken cancellationToken)
    {
        var dataFolder = Path.Combine(folder, "shared");
        var redis = await RedisProcess.StartAsync(Path.Combine(folder, "redis"), cancellationToken);
        List<ServiceProcess> started = [];
        try
        {
            while (started.Count < silos)
            {
                started.Add(await ServiceProcess.StartAsync(
                    "dotnet",
                    [
                        program, "--urls", "http://127.0.0.1:0", "--data", dataFolder, "--redis", redis.Address,
                        "--silo-port", FreePort.Find().ToString(CultureInfo.InvariantCulture),
                    ],
                    folder, Listening(), cancellationToken));
            }

            return new ClusterProcesses(redis, started, dataFolder);
        }
        catch
        {
            // Rethrown: nothing of a start that failed may stay behind.
            started.ForEach(silo => silo.Dispose());
            redis.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task KillAsync() => Task.WhenAll([.. _silos.Select(s => s.KillAsync()), Redis.Process.KillAsync()]);

    /// <inheritdoc/>
    public void Dispose()
    {
        _silos.ForEach(silo => silo.Dispose());
        Redis.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex Listening();
}
