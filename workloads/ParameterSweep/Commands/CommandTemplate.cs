using GridVolunteer.Sdk;

namespace GridVolunteer.Workloads.ParameterSweep.Commands;

/// <summary>
/// The command line of a sweep. Without a shell it is split into words first and the values are put in
/// afterwards, so a value with spaces or quotes stays one word. With a shell the values are quoted for it,
/// for the same reason.
/// </summary>
internal sealed class CommandTemplate
{
    private readonly bool _shell;
    private readonly TextTemplate _line;
    private readonly TextTemplate[] _words;

    /// <exception cref="WorkloadException">The command is empty or has an unclosed quote.</exception>
    public CommandTemplate(string command, bool shell)
    {
        _shell = shell;
        _line = new TextTemplate(command);
        var words = shell ? [command] : WordSplitter.Split(command);
        if (words.Count == 0 || words[0].Trim().Length == 0)
        {
            throw new WorkloadException(
                "The command is empty: give it as command=\"python3 model.py --seed {seed}\".");
        }

        _words = [.. words.Select(word => new TextTemplate(word))];
        FirstWord = shell ? command.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0] : words[0];
    }

    /// <summary>The first word as it is written: most often the program.</summary>
    public string FirstWord { get; }

    /// <summary>The names of the placeholders, in the order of their first occurrence.</summary>
    public IEnumerable<string> Names => _line.Names;

    /// <summary>Program and arguments of one run.</summary>
    public IReadOnlyList<string> Fill(Func<string, string> valueOf) => _shell
        ? ["/bin/sh", "-c", _line.Fill(name => Quote(valueOf(name)))]
        : [.. _words.Select(word => word.Fill(valueOf))];

    private static string Quote(string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/' or ':' or '+' or '=' or '@' or '%')
            ? value
            : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
