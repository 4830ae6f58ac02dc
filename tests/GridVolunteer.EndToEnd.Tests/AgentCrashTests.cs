using GridVolunteer.EndToEnd.Tests.Running;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.EndToEnd.Tests;

[Collection(EndToEndCollection.Name)]
public sealed class AgentCrashTests
{
    [Fact]
    public async Task Agent_KilledAndRestarted_LosesNothing()
    {
        await using var grid = new TestGrid();
        await grid.StartCoordinatorAsync();
        var agent = grid.StartAgent("only");
        var id = await grid.SubmitTroubleAsync("units=60", "milliseconds=50");
        await UnitsAsync(grid, id, 5);

        for (var kill = 1; kill <= 3; kill++)
        {
            await agent.KillAsync();
            agent = grid.StartAgent("only");
            await UnitsAsync(grid, id, 10 * kill);
        }

        var job = await grid.EndOfAsync(id);
        Assert.Equal((JobState.Completed, 60L, 0L), (job.State, job.UnitsValidated, job.UnitsFailed));
        Assert.Equal(
            """{"sum":1770,"units":60,"ballast":""}""", (await grid.RunAsync("output", id.ToString())).Expect(0).Out);
        Assert.Single((await grid.Client.PeersAsync(after: null, 10, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task Agent_GoesOnWhileTheCoordinatorIsAway()
    {
        await using var grid = new TestGrid();
        await grid.StartCoordinatorAsync();
        await grid.StartAgentsAsync("only");
        var id = await grid.SubmitTroubleAsync("units=40", "milliseconds=50");
        await UnitsAsync(grid, id, 3);

        await grid.Coordinator.KillAsync();
        await grid.StartCoordinatorAsync();

        var job = await grid.EndOfAsync(id);
        Assert.Equal((JobState.Completed, 40L), (job.State, job.UnitsValidated));
    }

    [Fact]
    public async Task StoppedProcesses_SayGoodbyeAndEndWell()
    {
        await using var grid = new TestGrid();
        await grid.StartCoordinatorAsync();
        var agent = grid.StartAgent("only");
        var id = await grid.SubmitTroubleAsync("units=2000", "milliseconds=100");
        await UnitsAsync(grid, id, 1);

        Assert.Equal(0, await agent.StopAsync());

        var peer = Assert.Single(
            (await grid.Client.PeersAsync(after: null, 10, CancellationToken.None)).Items);
        Assert.Equal(("gone", 0L), (peer.State, peer.UnitsHeld));
        Assert.Equal(0, await grid.Coordinator.StopAsync());
    }

    private static Task UnitsAsync(TestGrid grid, Protocol.Ids.JobId id, long units) => Eventually.TrueAsync(
        async () => (await grid.Client.JobAsync(id, CancellationToken.None)).UnitsValidated >= units,
        what: $"{units} units of {id} are valid");
}
