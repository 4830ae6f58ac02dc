using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace GridVolunteer.Cli.CommandLine;

/// <summary>The usual help, followed by the verb's examples.</summary>
/// <param name="usual">Writes the usual help.</param>
public sealed class ExamplesHelp(HelpAction usual) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
        {
            WriteExamples(parseResult.InvocationConfiguration.Output, verb);
        }

        return (int)ExitCode.Done;
    }

    private static void WriteExamples(TextWriter output, Verb verb)
    {
        output.WriteLine(verb.Examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in verb.Examples)
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
    }
}
