using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GridVolunteer.EndToEnd.Tests.Running;

namespace GridVolunteer.EndToEnd.Tests;

[Collection(EndToEndCollection.Name)]
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_LosesAnAgentAndEndsWithTheRightAnswer()
    {
        await using var home = new TestGrid();
        var demo = (await home.Program.RunAsync("demo", "--json")).Expect(0);

        var result = demo.LastLineJson;
        Assert.Equal(
            ["jobId", "state", "unitsTotal", "unitsValidated", "unitsReassigned", "agentsKilled", "seconds", "output"],
            result.EnumerateObject().Select(property => property.Name));
        Assert.Equal("j1", result.GetProperty("jobId").GetString());
        Assert.Equal("completed", result.GetProperty("state").GetString());
        var units = result.GetProperty("unitsTotal").GetInt64();
        Assert.True(units > 20);
        Assert.Equal(units, result.GetProperty("unitsValidated").GetInt64());
        Assert.InRange(result.GetProperty("unitsReassigned").GetInt64(), 1, units);
        Assert.Equal(1, result.GetProperty("agentsKilled").GetInt32());
        Assert.InRange(result.GetProperty("seconds").GetDouble(), 0.1, 60);
        AssertHits(result.GetProperty("output"));
        Assert.False(Directory.Exists(Path.Combine(home.Folder, "state")), "The demo left a token behind.");
    }

    [Fact]
    public async Task Demo_ThatIsKilled_LeavesNoProcessBehind()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var home = new TestGrid();
        var start = home.Program.Start("demo", "--keep");
        start.Environment["TMPDIR"] = home.Folder;
        using var demo = Process.Start(start)!;
        var folder = (await demo.StandardError.ReadLineAsync())!.Split(' ')[^1];
        await Eventually.TrueAsync(
            () => Task.FromResult(Mentioning(folder).Count >= 4), what: "four agents run");

        demo.Kill();

        await demo.WaitForExitAsync();
        await Eventually.TrueAsync(
            () => Task.FromResult(Mentioning(folder).Count == 0), what: "no agent runs");
    }

    [Fact]
    public async Task Demo_ThatIsInterrupted_LeavesNothingBehind()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var home = new TestGrid();
        var start = home.Program.Start("demo");
        start.Environment["TMPDIR"] = home.Folder;
        using var demo = Process.Start(start)!;
        await Eventually.TrueAsync(
            () => Task.FromResult(Mentioning(home.Folder).Count >= 4), what: "four agents run");

        using (var kill = Process.Start("kill", ["-TERM", $"{demo.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await demo.WaitForExitAsync(limit.Token);
        Assert.Equal(1, demo.ExitCode);
        Assert.Empty(Mentioning(home.Folder));
        Assert.Empty(Directory.EnumerateFileSystemEntries(home.Folder, "gridvolunteer-*"));
    }

    private static void AssertHits(JsonElement output)
    {
        var query = Assert.Single(output.GetProperty("queries").EnumerateArray());
        Assert.Equal("HBB_HUMAN", query.GetProperty("query").GetString());
        Assert.Equal(146, query.GetProperty("length").GetInt32());
        var scores = query.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("score").GetInt32()).ToArray();
        Assert.Equal(25, scores.Length);
        Assert.Equal([740, 738], scores[..2]);
        Assert.Equal(scores.OrderDescending(), scores);
    }

    /// <summary>Processes with <paramref name="folder"/> in their command line.</summary>
    private static List<int> Mentioning(string folder)
    {
        var found = new List<int>();
        foreach (var path in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id)
                && CommandLine(path).Contains(folder, StringComparison.Ordinal))
            {
                found.Add(id);
            }
        }

        return found;
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (IOException)
        {
            // It ended while it was looked at.
            return "";
        }
    }
}
