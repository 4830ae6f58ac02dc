using System.Text.RegularExpressions;

namespace GridVolunteer.Architecture.Tests;

/// <summary>
/// What decides owns no task, thread, timer, lock, socket, file or process: so it runs in a service, in a
/// simulator and in a test alike. Clocks and randomness are kept out by the analyzer that reads
/// BannedSymbols.txt.
/// </summary>
public sealed partial class PurityTests
{
    /// <summary>The thin edge of a project that is pure otherwise.</summary>
    private static readonly string[] Edges =
        ["src/GridVolunteer.Groups/Transports/", "src/GridVolunteer.Groups/Hosting/"];

    [Fact]
    public void DecidingProjects_CarryNothingThemselves()
    {
        var faults =
            from folder in new[] { "src/GridVolunteer.Coordination", "src/GridVolunteer.Groups", "src/GridVolunteer.Peer" }
            from path in Repository.Files(folder, "*.cs")
            where !Array.Exists(Edges, edge => path.StartsWith(edge, StringComparison.Ordinal))
            from line in Repository.Lines(path).Index()
            let code = Comment().Replace(line.Item, "")
            where Carrying().IsMatch(code)
            select $"{path}:{line.Index + 1}: {code.Trim()}";
        Assert.True(!faults.Any(), string.Join(Environment.NewLine, faults));
    }

    [GeneratedRegex(@"//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"\b(Task\.(Run|Factory)|new Thread|ThreadPool|new (System\.Threading\.)?Timer|new Lock\b|lock \(|Interlocked"
        + @"|SemaphoreSlim|Monitor\.|Socket|HttpClient|File\.|Directory\.|Process\.|Console\.|RandomNumberGenerator)")]
    private static partial Regex Carrying();
}
