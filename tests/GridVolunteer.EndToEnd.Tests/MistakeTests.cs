using System.Net;
using System.Net.Sockets;
using GridVolunteer.EndToEnd.Tests.Running;

namespace GridVolunteer.EndToEnd.Tests;

[Collection(EndToEndCollection.Name)]
public sealed class MistakeTests(SharedGrid shared)
{
    private TestGrid Grid => shared.Grid;

    [Fact]
    public async Task Coordinator_OnAPortInUse_SaysSo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        var refused = (await Grid.Program.RunAsync(
            "coordinator", "--urls", url, "--data", Path.Combine(Grid.Folder, "other"))).Expect(1);

        Assert.Contains(url, refused.Error, StringComparison.Ordinal);
        Assert.Contains("in use", refused.Error, StringComparison.Ordinal);
        AssertNoStackTrace(refused);
    }

    [Fact]
    public async Task SecondCoordinator_OnOneDataFolder_IsRefused()
    {
        var refused = (await Grid.Program.RunAsync(
            "coordinator", "--urls", "http://127.0.0.1:0", "--data", Grid.CoordinatorFolder)).Expect(1);

        Assert.Contains(Grid.CoordinatorFolder, refused.Error, StringComparison.Ordinal);
        AssertNoStackTrace(refused);
        (await Grid.RunAsync("jobs")).Expect(0);
    }

    [Fact]
    public async Task Coordinator_OnAnAddressOtherThanLoopback_IsRefused()
    {
        var refused = (await Grid.Program.RunAsync(
            "coordinator", "--urls", "http://0.0.0.0:0", "--data",
            Path.Combine(Grid.Folder, "other"))).Expect(1);

        Assert.Contains("--insecure-any-address", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongToken_MayNotAct()
    {
        var refused = (await Grid.RunAsync("submit", TestGrid.TroubleFolder, "--token", "wrong")).Expect(1);

        Assert.Contains("--token", refused.Error, StringComparison.Ordinal);
        AssertNoStackTrace(refused);
    }

    [Theory]
    [InlineData("job")]
    [InlineData("results")]
    [InlineData("output")]
    [InlineData("cancel")]
    [InlineData("watch")]
    public async Task JobThatDoesNotExist_IsNamed(string verb)
    {
        var refused = (await Grid.RunAsync(verb, "j9999")).Expect(1);

        Assert.Contains("j9999", refused.Error, StringComparison.Ordinal);
        AssertNoStackTrace(refused);
    }

    [Fact]
    public async Task SecondAgent_OnOneDataFolder_IsRefused()
    {
        var refused = (await Grid.RunAsync("agent", "--data", Path.Combine(Grid.Folder, "one"))).Expect(1);

        Assert.Contains(Path.Combine(Grid.Folder, "one"), refused.Error, StringComparison.Ordinal);
        AssertNoStackTrace(refused);
    }

    private static void AssertNoStackTrace(CliResult result) =>
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
}
