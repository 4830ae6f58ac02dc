using System.CommandLine;
using System.Text.Json;
using GridVolunteer.Benchmarks.Load;

namespace GridVolunteer.Benchmarks;

/// <summary>
/// A verb that runs a load and prints what it found; exit code 1 when anything acknowledged was lost.
/// </summary>
internal sealed class LoadCommand : Command
{
    private readonly LoadFlags _flags;
    private readonly Option<bool> _json =
        new("--json") { Description = "Prints one JSON object and nothing else." };

    private LoadCommand(string name, string description, int jobs, long unitsPerJob)
        : base(name, description)
    {
        _flags = new LoadFlags(jobs, unitsPerJob, warmUpSeconds: 10, seconds: 60);
        foreach (var option in (Option[])[.. _flags.All, _json])
        {
            Options.Add(option);
        }

        SetAction(RunAsync);
    }

    /// <summary>4 jobs at once, as fast as it goes.</summary>
    public static LoadCommand Throughput() => new(
        "throughput",
        "Loads a real coordinator with volunteers that do not compute, kills it, and reads everything back.",
        jobs: 4,
        unitsPerJob: 25_000_000);

    /// <summary>One job of 100 million units.</summary>
    public static LoadCommand Memory() => new(
        "memory",
        "The same with one job of 100 million units: when it is accepted, and what memory that takes.",
        jobs: 1,
        unitsPerJob: 100_000_000);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var json = parsed.GetValue(_json);
        var run = new LoadRun(_flags.Read(parsed), CoordinatorProcess.StartAsync, line => Say(json, line));
        var report = await run.RunAsync(cancellationToken);
        Console.WriteLine(
            json ? JsonSerializer.Serialize(report, LoadJson.Default.LoadReport) : LoadTable.Of(report));
        return report.IsIntact ? 0 : 1;
    }

    private static void Say(bool json, string line)
    {
        if (!json)
        {
            Console.WriteLine(line);
        }
    }
}
