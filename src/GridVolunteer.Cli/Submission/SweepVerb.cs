using System.CommandLine;
using GridVolunteer.Cli.CommandLine;

namespace GridVolunteer.Cli.Submission;

/// <summary>
/// <c>sweep COMMAND name=values…</c>: runs a program once for each combination of values. It is <c>submit
/// ParameterSweep</c> in as few words as a local loop would take.
/// </summary>
public static class SweepVerb
{
    private const string Workload = "ParameterSweep";
    private const string CommandParameter = "command";

    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var grid = new GridOptions();
        var options = new SubmissionOptions();
        var command = new Argument<string>("COMMAND")
        {
            Description = "The command line of one unit, with {name} where a value goes.",
        };
        var values = new Argument<NamedValue[]>("name=values")
        {
            Description = "Values of a name: a range (1..300, 0..1:0.1), a list (a,b,c) or one value. "
                + "Every combination is a unit.",
            Arity = ArgumentArity.ZeroOrMore,
            CustomParser = NamedValue.ParseParameters,
        };
        var verb = new Verb(
            "sweep", "Runs a program of yours once for each combination of values.",
            "gridvolunteer sweep \"python3 model.py --seed {seed}\" seed=1..1000 --input model.py --watch",
            "gridvolunteer sweep \"./fit {rate} {kind}\" rate=0..1:0.1 kind=lin,log -i fit -i data.csv")
        {
            Notes =
            [
                "The program and files it reads go along with --input; they lie in each unit's own folder.",
                "Options of ParameterSweep are given the same way: outputs=fit.csv, shell=true, timeLimitSeconds=60.",
                "Standard output and exit code of each run: gridvolunteer results ID, or as one table: output ID.",
            ],
        };
        verb.Add(command);
        verb.Add(values);
        options.AddTo(verb);
        grid.AddTo(verb);
        var run = new SubmitRun(host, grid, options);
        return verb.Does((parsed, cancellation) => run.RunAsync(
            parsed, Workload, Parameters(parsed.GetRequiredValue(command), parsed.GetValue(values) ?? []),
            cancellation));
    }

    private static Dictionary<string, string> Parameters(string command, NamedValue[] values)
    {
        var parameters = values.ToDictionary(
            value => value.Name, value => value.Value, StringComparer.Ordinal);
        return parameters.TryAdd(CommandParameter, command)
            ? parameters
            : throw CliException.WrongUse("The command is given already: name no value 'command'.");
    }
}
