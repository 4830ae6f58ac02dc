using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GridVolunteer.Cli.CommandLine;

/// <summary>The usual help, followed by examples and notes.</summary>
/// <param name="usual">Writes the usual help.</param>
public sealed class ExamplesHelp(HelpAction usual) : SynchronousCommandLineAction
{
    private static readonly string[] FirstSteps =
    [
        "gridvolunteer demo",
        "gridvolunteer coordinator",
        "gridvolunteer agent",
        "gridvolunteer sweep \"python3 model.py --seed {seed}\" seed=1..100 --input model.py --watch",
    ];

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is Verb verb)
        {
            Write(output, verb.Examples.Count == 1 ? "Example:" : "Examples:", verb.Examples);
            Write(output, "Notes:", verb.Notes);
        }
        else
        {
            Write(output, "First steps:", FirstSteps);
        }

        return (int)ExitCode.Done;
    }

    private static void Write(TextWriter output, string heading, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        output.WriteLine(heading);
        foreach (var line in lines)
        {
            output.WriteLine($"  {line}");
        }

        output.WriteLine();
    }
}
