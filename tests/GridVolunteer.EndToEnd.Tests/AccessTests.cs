using GridVolunteer.EndToEnd.Tests.Running;

namespace GridVolunteer.EndToEnd.Tests;

[Collection(EndToEndCollection.Name)]
public sealed class AccessTests
{
    [Fact]
    public async Task PrivateCoordinator_WithEnrolment_IsClosedToStrangersAndOpenToItsUser()
    {
        await using var grid = new TestGrid();
        await grid.StartCoordinatorAsync("--private", "--enrolment", "token");
        var stranger = new CliProgram(new Dictionary<string, string>
        {
            ["XDG_STATE_HOME"] = Path.Combine(grid.Folder, "stranger"),
            ["GRIDVOLUNTEER_COORDINATOR"] = grid.Url.ToString(),
        });

        var refused = (await stranger.RunAsync("jobs")).Expect(1);
        Assert.Contains("--token", refused.Error, StringComparison.Ordinal);
        (await grid.RunAsync("jobs")).Expect(0);

        var uninvited = (await stranger.RunAsync("agent", "--data", Path.Combine(grid.Folder, "uninvited"))).Expect(1);
        Assert.Contains("enrolment", uninvited.Error, StringComparison.OrdinalIgnoreCase);
        var token = (await File.ReadAllTextAsync(Path.Combine(grid.CoordinatorFolder, "enrolment.token"))).Trim();
        grid.StartAgent("invited", "--enrolment-token", token);
        await Eventually.TrueAsync(async () =>
            (await grid.Client.PeersAsync(after: null, 10, CancellationToken.None)).Items.Count == 1);
    }

    [Fact]
    public async Task OperatorToken_IsLeftForTheUserAndNobodyElse()
    {
        await using var grid = new TestGrid();
        await grid.StartCoordinatorAsync();
        var left = Assert.Single(
            Directory.EnumerateFiles(grid.Folder, "*.token", SearchOption.AllDirectories),
            path => path.Contains("tokens", StringComparison.Ordinal));

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(left));
        }

        Assert.Equal(0, await grid.Coordinator.StopAsync());
        Assert.False(File.Exists(left), "The token of a coordinator that is gone was left behind.");
    }
}
