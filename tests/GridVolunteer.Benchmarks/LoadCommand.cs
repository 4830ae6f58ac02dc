using System.CommandLine;
using System.Text.Json;
using GridVolunteer.Benchmarks.Load;

namespace GridVolunteer.Benchmarks;

/// <summary>
/// A verb that runs a load and prints what it found; exit code 1 when anything acknowledged was lost.
/// </summary>
internal sealed class LoadCommand : Command
{
    private readonly Option<int> _jobs;
    private readonly Option<long> _units;
    private readonly Option<int> _batch = Number(
        "--batch", 100, "The most units an exchange asks for, 1 to 4,096.");
    private readonly Option<int> _agents = Number(
        "--agents", 64, "Volunteers; each has a key, a token and a connection.");
    private readonly Option<int> _quorum = Number("--quorum", 1, "Agreeing results that make a unit valid.");
    private readonly Option<int> _warmUp = Number("--warm-up", 10, "Seconds of load before measuring.");
    private readonly Option<int> _seconds = Number("--seconds", 60, "Seconds to measure.");
    private readonly Option<string> _folder = new("--folder")
    {
        Description =
            "Where the coordinator's data goes; removed at the end. Choose the disk you want to know about.",
        DefaultValueFactory = _ => Path.GetTempPath(),
    };

    private readonly Option<bool> _json =
        new("--json") { Description = "Prints one JSON object and nothing else." };

    private LoadCommand(string name, string description, int jobs, long unitsPerJob)
        : base(name, description)
    {
        _jobs = Number("--jobs", jobs, "Jobs at once.");
        _units = new Option<long>("--units")
        {
            Description = "Work units of each job.",
            DefaultValueFactory = _ => unitsPerJob,
        };
        Option[] options = [_jobs, _units, _batch, _agents, _quorum, _warmUp, _seconds, _folder, _json];
        foreach (var option in options)
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
        var options = new LoadOptions
        {
            Jobs = parsed.GetValue(_jobs),
            UnitsPerJob = parsed.GetValue(_units),
            Batch = parsed.GetValue(_batch),
            Agents = parsed.GetValue(_agents),
            Quorum = parsed.GetValue(_quorum),
            WarmUp = TimeSpan.FromSeconds(parsed.GetValue(_warmUp)),
            Measured = TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
            Folder = parsed.GetValue(_folder)!,
        };
        var report = await new LoadRun(options, line => Say(json, line)).RunAsync(cancellationToken);
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

    private static Option<int> Number(string name, int value, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() < 1)
            {
                given.AddError($"{name} is 1 or more.");
            }
        });
        return option;
    }
}
