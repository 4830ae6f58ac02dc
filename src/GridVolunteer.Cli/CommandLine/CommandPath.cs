using System.CommandLine;
using System.CommandLine.Parsing;

namespace GridVolunteer.Cli.CommandLine;

/// <summary>How a verb is called, from the program's name on.</summary>
public static class CommandPath
{
    /// <summary>The program's name.</summary>
    public const string Program = "gridvolunteer";

    /// <summary>
    /// The words that lead to <paramref name="result"/>, for example <c>gridvolunteer workload test</c>.
    /// </summary>
    public static string Of(CommandResult result) =>
        result.Parent is CommandResult parent
            ? $"{Of(parent)} {result.Command.Name}"
            : result.Command is RootCommand ? Program : result.Command.Name;
}
