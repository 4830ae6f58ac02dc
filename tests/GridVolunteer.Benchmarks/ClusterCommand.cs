using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using GridVolunteer.Benchmarks.Clusters;
using GridVolunteer.Benchmarks.Load;

namespace GridVolunteer.Benchmarks;

/// <summary>
/// The verb that loads clusters of several sizes, and the coordinator alone for comparison, in one run; exit
/// code 1 when anything acknowledged was lost.
/// </summary>
internal sealed class ClusterCommand : SiloCommand
{
    private readonly LoadFlags _flags = new(jobs: 4, unitsPerJob: 25_000_000, warmUpSeconds: 5, seconds: 20);
    private readonly Option<string> _silos = new("--silos")
    {
        Description = "Sizes of clusters, with commas between; 0 is the coordinator alone.",
        DefaultValueFactory = _ => "0,1,2,4",
    };

    private readonly Option<bool> _perSilo = new("--per-silo")
    {
        Description = "Takes --agents for each silo, as a fleet that grows with its cluster; else for all together.",
    };

    private readonly Option<bool> _apart = new("--apart")
    {
        Description = "Also loads, for each cluster of several silos, as many clusters of one side by side.",
    };

    private readonly Option<int> _warmUpMax = LoadFlags.Number(
        "--warm-up-max", 120, "The longest warm-up in seconds: it goes on until compilers rest.");

    private readonly Option<bool> _audit = new("--audit")
    {
        Description = "Kills everything after each load (kill -9), starts it again, and reads all results back.",
    };

    private readonly Option<bool> _json =
        new("--json") { Description = "Prints one JSON object and nothing else." };

    /// <summary>The verb.</summary>
    public ClusterCommand()
        : base("cluster", "Loads clusters of several sizes and compares what a unit costs them.")
    {
        foreach (var option in (Option[])[_silos, .. _flags.All, _perSilo, _apart, _warmUpMax, _audit, _json])
        {
            Options.Add(option);
        }
    }

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(
        ParseResult parsed, string program, CancellationToken cancellationToken)
    {
        var json = parsed.GetValue(_json);
        var options = _flags.Read(parsed) with
        {
            Audit = parsed.GetValue(_audit),
            WarmUpMax = TimeSpan.FromSeconds(parsed.GetValue(_warmUpMax)),
        };
        LoadReport? embedded = null;
        List<SizedReport> clusters = [];
        foreach (var silos in parsed.GetRequiredValue(_silos).Split(',')
            .Select(s => int.Parse(s, CultureInfo.InvariantCulture)))
        {
            var sized = options with { Agents = options.Agents * (parsed.GetValue(_perSilo) ? Math.Max(1, silos) : 1) };
            if (silos == 0)
            {
                embedded = await LoadAsync(sized, CoordinatorProcess.StartAsync);
                continue;
            }

            clusters.Add(new SizedReport(silos, false, await LoadAsync(sized, Cluster(program, silos))));
            if (silos > 1 && parsed.GetValue(_apart))
            {
                clusters.Add(new SizedReport(silos, true, await LoadAsync(
                    sized with { Audit = false },
                    (folder, stop) => SideBySide.StartAsync(silos, Cluster(program, 1), folder, stop))));
            }
        }

        var report = new ClusterReport(embedded, clusters);
        Console.WriteLine(
            json ? JsonSerializer.Serialize(report, LoadJson.Default.ClusterReport) : ClusterTable.Of(report));
        return clusters.All(c => c.Load.IsIntact) && embedded is null or { IsIntact: true } ? 0 : 1;

        Task<LoadReport> LoadAsync(
            LoadOptions load, Func<string, CancellationToken, Task<ILoadedService>> start) =>
            new LoadRun(load, start, line => Say(json, line)).RunAsync(cancellationToken);
    }

    private static void Say(bool json, string line)
    {
        if (!json)
        {
            Console.WriteLine(line);
        }
    }
}
