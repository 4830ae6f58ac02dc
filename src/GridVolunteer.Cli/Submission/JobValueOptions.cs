using System.CommandLine;

namespace GridVolunteer.Cli.Submission;

/// <summary>The options that give a workload its parameters and inputs.</summary>
public static class JobValueOptions
{
    /// <summary><c>--param name=value</c>.</summary>
    public static Option<NamedValue[]> Parameters() => new("--param", "-p")
    {
        HelpName = "name=value",
        Description = "A parameter of the workload. May be repeated.",
        CustomParser = NamedValue.ParseParameters,
        DefaultValueFactory = _ => [],
    };

    /// <summary><c>--input name=path</c>.</summary>
    public static Option<NamedValue[]> Inputs() => new("--input", "-i")
    {
        HelpName = "name=PATH",
        Description = "An input file; just a path takes its file name as name. May be repeated.",
        CustomParser = NamedValue.ParseInputs,
        DefaultValueFactory = _ => [],
    };

    /// <summary>The values by name.</summary>
    public static IReadOnlyDictionary<string, string> ByName(
        this ParseResult parsed, Option<NamedValue[]> option)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        return (parsed.GetValue(option) ?? []).ToDictionary(
            value => value.Name, value => value.Value, StringComparer.Ordinal);
    }
}
