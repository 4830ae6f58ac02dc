using System.CommandLine;
using System.CommandLine.Parsing;

namespace GridVolunteer.Cli.CommandLine;

/// <summary>
/// Says what is wrong with a command line: every fault once, the verb that was probably meant, where to read
/// on.
/// </summary>
public static class UsageRefusal
{
    private const int LettersWrongMax = 2;

    /// <summary>Writes the refusal of <paramref name="parsed"/> to <paramref name="error"/>.</summary>
    public static void Write(ParseResult parsed, TextWriter error)
    {
        var unmatched = parsed.UnmatchedTokens;
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && unmatched.Count > 0)
        {
            var near = Nearest(command, unmatched[0]);
            error.WriteLine($"There is no '{CommandPath.Of(parsed.CommandResult)} {unmatched[0]}'."
                + (near is null ? "" : $" Did you mean '{near}'?"));
        }
        else
        {
            foreach (
                var message in parsed.Errors.Select(fault => fault.Message).Distinct(StringComparer.Ordinal))
            {
                error.WriteLine(message);
            }
        }

        error.WriteLine($"See '{CommandPath.Of(parsed.CommandResult)} --help'.");
    }

    private static string? Nearest(Command command, string word) => command.Subcommands
        .Where(candidate => !candidate.Hidden)
        .Select(candidate => (candidate.Name, Distance: Distance(candidate.Name, word)))
        .Where(candidate => candidate.Distance <= LettersWrongMax)
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>How many letters have to be added, dropped or changed (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[other.Length];
    }
}
