using System.Text.RegularExpressions;
using GridVolunteer.Workloads.ParameterSweep.Dimensions;

namespace GridVolunteer.Workloads.ParameterSweep.Commands;

/// <summary>
/// A text with placeholders: <c>{seed}</c> is the value of the dimension seed, <c>{index}</c> the run's
/// number from 0,
/// <c>{{seed}}</c> the text {seed} itself. Other braces, as in <c>{print $1}</c>, mean nothing special.
/// </summary>
internal sealed partial class TextTemplate(string text)
{
    /// <summary>The placeholder that is there without a dimension.</summary>
    public const string Index = "index";

    /// <summary>The names of the placeholders, in the order of their first occurrence.</summary>
    public IEnumerable<string> Names =>
        Placeholder().Matches(text).Where(m => m.Groups["name"].Success).Select(m => m.Groups["name"].Value).Distinct();

    /// <summary>The text with values in place of the placeholders.</summary>
    public string Fill(Func<string, string> valueOf) =>
        Placeholder().Replace(
            text, m => m.Groups["name"].Success ? valueOf(m.Groups["name"].Value) : m.Value[1..^1]);

    [GeneratedRegex(
        $@"\{{\{{{Dimension.NamePattern}\}}\}}|\{{(?<name>{Dimension.NamePattern})\}}",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}
