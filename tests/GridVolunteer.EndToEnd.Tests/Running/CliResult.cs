using System.Text.Json;

namespace GridVolunteer.EndToEnd.Tests.Running;

/// <summary>How a command ended.</summary>
public sealed record CliResult(string CommandLine, int ExitCode, string Out, string Error)
{
    /// <summary>The last line of standard output as JSON.</summary>
    public JsonElement LastLineJson => JsonElement.Parse(Out.TrimEnd().Split('\n')[^1]);

    /// <summary>All of standard output as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Out);

    /// <summary>
    /// Fails with everything the command said unless it ended with <paramref name="exitCode"/>.
    /// </summary>
    public CliResult Expect(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"{this}");
        return this;
    }

    public override string ToString() =>
        $"'{CommandLine}' ended with {ExitCode}.\n--- standard output\n{Out}\n--- standard error\n{Error}";
}
