using System.CommandLine;

namespace GridVolunteer.Cli.CommandLine;

/// <summary>The option that asks for JSON in place of text.</summary>
public static class JsonOption
{
    /// <summary>Makes one.</summary>
    /// <param name="what">What the JSON is, for the help: <c>an array of jobs</c>.</param>
    public static Option<bool> Create(string what) => new("--json") { Description = $"Print JSON: {what}." };
}
