using System.Text;
using GridVolunteer.Sdk;

namespace GridVolunteer.Workloads.ParameterSweep.Commands;

/// <summary>
/// Splits a command line into words as a POSIX shell does: white space separates, single quotes keep
/// everything, double quotes keep all but backslashes before <c>" \ $ `</c>, a backslash keeps the next
/// character. Nothing is expanded.
/// </summary>
internal static class WordSplitter
{
    /// <exception cref="WorkloadException">A quote is not closed.</exception>
    public static List<string> Split(string line)
    {
        var words = new List<string>();
        StringBuilder? word = null;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (char.IsWhiteSpace(c))
            {
                Finish(words, ref word);
                continue;
            }

            word ??= new StringBuilder();
            switch (c)
            {
                case '\'':
                    i = CopySingleQuoted(line, i, word);
                    break;
                case '"':
                    i = CopyDoubleQuoted(line, i, word);
                    break;
                case '\\' when i + 1 < line.Length:
                    word.Append(line[++i]);
                    break;
                default:
                    word.Append(c);
                    break;
            }
        }

        Finish(words, ref word);
        return words;
    }

    private static void Finish(List<string> words, ref StringBuilder? word)
    {
        if (word is not null)
        {
            words.Add(word.ToString());
            word = null;
        }
    }

    private static int CopySingleQuoted(string line, int start, StringBuilder word)
    {
        var end = line.IndexOf('\'', start + 1);
        if (end < 0)
        {
            throw Unclosed(line, start);
        }

        word.Append(line, start + 1, end - start - 1);
        return end;
    }

    private static int CopyDoubleQuoted(string line, int start, StringBuilder word)
    {
        for (var i = start + 1; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                return i;
            }

            if (line[i] == '\\' && i + 1 < line.Length && line[i + 1] is '"' or '\\' or '$' or '`')
            {
                i++;
            }

            word.Append(line[i]);
        }

        throw Unclosed(line, start);
    }

    private static WorkloadException Unclosed(string line, int start) =>
        new($"The command has a quote that is not closed, from here on: {line[start..]}");
}
