using System.CommandLine;
using System.Globalization;
using GridVolunteer.Cli.CommandLine;

namespace GridVolunteer.Cli.Submission;

/// <summary>The options that <c>submit</c> and <c>sweep</c> share.</summary>
public sealed class SubmissionOptions
{
    private const int QuorumMax = 5;
    private const int PriorityMax = 1000;

    private readonly Option<NamedValue[]> _inputs = JobValueOptions.Inputs();

    private readonly Option<string?> _name = new("--name")
    {
        HelpName = "TEXT",
        Description = "What people call the job; the workload's name by default.",
    };

    private readonly Option<int> _quorum = Bounded(
        "--quorum", "Agreeing results that make a unit valid", QuorumMax, 1);

    private readonly Option<int> _priority = Bounded(
        "--priority", "The job's share relative to others", PriorityMax, 100);

    private readonly Option<long> _seed = new("--seed")
    {
        HelpName = "N",
        Description = "Start of the units' random numbers: the same seed gives the same job.",
    };

    private readonly Option<bool> _watch =
        new("--watch", "-w") { Description = "Stay and show progress until the job ends." };

    private readonly Option<bool> _json = JsonOption.Create("""{"jobId":"j1"}, and nothing else on standard output""");

    /// <summary>Adds the options to <paramref name="verb"/>.</summary>
    public void AddTo(Verb verb)
    {
        ArgumentNullException.ThrowIfNull(verb);
        foreach (var option in (Option[])[_inputs, _name, _quorum, _priority, _seed, _watch, _json])
        {
            verb.Add(option);
        }
    }

    /// <summary>Whether to stay until the job ends.</summary>
    public bool Watch(ParseResult parsed) => parsed.GetValue(_watch);

    /// <summary>Whether standard output is for a script.</summary>
    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>The inputs: paths by name.</summary>
    public IReadOnlyDictionary<string, string> Inputs(ParseResult parsed) => parsed.ByName(_inputs);

    /// <summary>The settings.</summary>
    public SubmissionSettings Settings(ParseResult parsed) => new()
    {
        Name = parsed.GetValue(_name),
        Quorum = parsed.GetValue(_quorum),
        Priority = parsed.GetValue(_priority),
        Seed = parsed.GetValue(_seed),
    };

    private static Option<int> Bounded(string name, string meaning, int max, int value)
    {
        var option = new Option<int>(name)
        {
            HelpName = "N",
            Description = $"{meaning}, 1 to {max.ToString("N0", CultureInfo.InvariantCulture)}.",
            DefaultValueFactory = _ => value,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1
                && int.TryParse(
                    result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var given)
                && (given < 1 || given > max))
            {
                result.AddError($"{name} is 1 to {max.ToString("N0", CultureInfo.InvariantCulture)}.");
            }
        });
        return option;
    }
}
