using System.CommandLine;

namespace GridVolunteer.Benchmarks.Load;

/// <summary>The options of verbs that run a load.</summary>
internal sealed class LoadFlags
{
    private readonly Option<int> _jobs;
    private readonly Option<long> _units;
    private readonly Option<int> _batch = Number(
        "--batch", 100, "The most units an exchange asks for, 1 to 4,096.");
    private readonly Option<int> _agents = Number(
        "--agents", 64, "Volunteers; each has a key, a token and a connection.");
    private readonly Option<int> _quorum = Number("--quorum", 1, "Agreeing results that make a unit valid.");
    private readonly TimeFlags _times;
    private readonly Option<string> _folder = new("--folder")
    {
        Description = "Where the data goes; removed at the end. Choose the disk you want to know about.",
        DefaultValueFactory = _ => Path.GetTempPath(),
    };

    /// <summary>Options with these defaults.</summary>
    public LoadFlags(int jobs, long unitsPerJob, int warmUpSeconds, int seconds)
    {
        _jobs = Number("--jobs", jobs, "Jobs at once.");
        _units = new Option<long>("--units")
        {
            Description = "Work units of each job.",
            DefaultValueFactory = _ => unitsPerJob,
        };
        _times = new TimeFlags(warmUpSeconds, seconds);
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_jobs, _units, _batch, _agents, _quorum, .. _times.All, _folder];

    /// <summary>An option that is a number of at least 1.</summary>
    public static Option<int> Number(string name, int value, string description)
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

    /// <summary>What was asked for.</summary>
    public LoadOptions Read(ParseResult parsed) => new()
    {
        Jobs = parsed.GetValue(_jobs),
        UnitsPerJob = parsed.GetValue(_units),
        Batch = parsed.GetValue(_batch),
        Agents = parsed.GetValue(_agents),
        Quorum = parsed.GetValue(_quorum),
        WarmUp = _times.WarmUp(parsed),
        Measured = _times.Measured(parsed),
        Folder = parsed.GetValue(_folder)!,
    };
}
