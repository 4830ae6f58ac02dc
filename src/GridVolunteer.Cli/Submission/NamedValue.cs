using System.CommandLine;
using System.CommandLine.Parsing;

namespace GridVolunteer.Cli.Submission;

/// <summary>One <c>name=value</c> of a command line.</summary>
/// <param name="Name">What stands before the first equals sign.</param>
/// <param name="Value">What stands behind it, as it is.</param>
public readonly record struct NamedValue(string Name, string Value)
{
    /// <summary>Reads <c>name=value</c>; false when there is no equals sign or nothing before it.</summary>
    public static bool TryParse(string text, out NamedValue named)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOf('=', StringComparison.Ordinal);
        named = at > 0 ? new NamedValue(text[..at], text[(at + 1)..]) : default;
        return at > 0;
    }

    /// <summary>
    /// Reads parameters, each <c>name=value</c>; malformed and repeated ones are added as errors.
    /// </summary>
    public static NamedValue[] ParseParameters(ArgumentResult result) => Parse(result, text =>
        TryParse(text, out var named)
            ? (named, null)
            : (default, $"'{text}' is not a parameter: write it name=value."));

    /// <summary>
    /// Reads inputs, each <c>name=path</c> or just a path, which then takes its file name. Missing files are
    /// added as errors.
    /// </summary>
    public static NamedValue[] ParseInputs(ArgumentResult result) => Parse(result, text =>
    {
        var input = TryParse(text, out var named) && !File.Exists(text)
            ? named
            : new NamedValue(Path.GetFileName(text), text);
        return (input, InputFault(input));
    });

    private static string? InputFault(NamedValue input) =>
        Directory.Exists(input.Value) ? $"The input '{input.Name}' is a folder ({input.Value}): give a file."
        : File.Exists(input.Value) ? null
        : $"There is no file '{input.Value}' for the input '{input.Name}'.";

    private static NamedValue[] Parse(
        ArgumentResult result, Func<string, (NamedValue Named, string? Fault)> parse)
    {
        ArgumentNullException.ThrowIfNull(result);
        var named = new List<NamedValue>();
        foreach (var token in result.Tokens)
        {
            var (next, fault) = parse(token.Value);
            if (fault is not null)
            {
                result.AddError(fault);
            }
            else if (named.Exists(earlier => earlier.Name == next.Name))
            {
                result.AddError($"'{next.Name}' is given twice.");
            }
            else
            {
                named.Add(next);
            }
        }

        return [.. named];
    }
}
