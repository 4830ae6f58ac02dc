using System.Text.RegularExpressions;

namespace GridVolunteer.Benchmarks.Load;

/// <summary>
/// The coordinator as a process of its own, as volunteers meet it: <c>gridvolunteer coordinator</c>.
/// </summary>
public sealed partial class CoordinatorProcess : ILoadedService
{
    private readonly ServiceProcess _process;

    private CoordinatorProcess(ServiceProcess process, string dataFolder)
    {
        _process = process;
        Grids =
        [
            new LoadedGrid(
                [new Uri(process.Announced)], File.ReadAllText(Path.Combine(dataFolder, "operator.token")).Trim()),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<LoadedGrid> Grids { get; }

    /// <inheritdoc/>
    public TimeSpan StartedIn => _process.StartedIn;

    /// <inheritdoc/>
    public IReadOnlyList<ServicePart> Parts => [new("coordinator", [_process])];

    /// <summary>Starts it on <paramref name="dataFolder"/>, at a free port of loopback.</summary>
    public static async Task<ILoadedService> StartAsync(
        string dataFolder, CancellationToken cancellationToken)
    {
        var process = await ServiceProcess.StartAsync(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "gridvolunteer.dll"),
                "coordinator", "--urls", "http://127.0.0.1:0", "--data", dataFolder,
            ],
            dataFolder, Listening(), cancellationToken);
        return new CoordinatorProcess(process, dataFolder);
    }

    /// <inheritdoc/>
    public Task KillAsync() => _process.KillAsync();

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex Listening();
}
