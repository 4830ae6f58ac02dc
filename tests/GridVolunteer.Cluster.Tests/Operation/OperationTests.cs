using System.Diagnostics;
using GridVolunteer.Cluster.Tests.Survival;
using GridVolunteer.EndToEnd.Tests.Running;
using GridVolunteer.Protocol.Jobs;
using Xunit.Abstractions;

namespace GridVolunteer.Cluster.Tests.Operation;

/// <summary>
/// A cluster as it is operated, behind the gateway that is deployed, used by the command line and computed for
/// by real agents, while silos are killed, drained and added.
/// </summary>
[Collection("survival")]
public sealed class OperationTests(ITestOutputHelper output)
{
    [FactWithGateway(redis: true)]
    public async Task AJob_IsSubmittedWatchedComputedAndRead_WhileASiloIsKilled_AndOneIsAdded()
    {
        await using var grid = await OperatedGrid.StartAsync(silos: 2);
        await grid.StartAgentsAsync("one", "two");
        var job = await grid.SubmitAsync(units: 150, milliseconds: 60);
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var events = CountEventsAsync(grid, job, end.Token);
        var watching = grid.Program.RunAsync("watch", job.ToString());
        await grid.ValidatedAsync(job, 20);

        await grid.Silos[0].KillAsync();
        var killed = Stopwatch.GetTimestamp();
        var then = (await grid.Client.JobAsync(job, CancellationToken.None)).UnitsValidated;
        await grid.ValidatedAsync(job, (int)then + 5);
        output.WriteLine($"a silo killed: work flows after {Stopwatch.GetElapsedTime(killed).TotalSeconds:0.00} s");
        await grid.AddSiloAsync();

        (await watching).Expect(0);
        var view = await grid.Client.JobAsync(job, CancellationToken.None);
        Assert.Equal((JobState.Completed, 150L, 0L), (view.State, view.UnitsValidated, view.UnitsFailed));
        Assert.Equal(
            """{"sum":11175,"units":150,"ballast":""}""",
            (await grid.Program.RunAsync("output", job.ToString())).Expect(0).Out);
        Assert.Equal(
            150, (await grid.Program.RunAsync("results", job.ToString())).Expect(0).Out.TrimEnd().Split('\n').Length);
        await end.CancelAsync();
        Assert.NotEqual(0, await events);
    }

    private static async Task<int> CountEventsAsync(OperatedGrid grid, Protocol.Ids.JobId job, CancellationToken end)
    {
        var count = 0;
        try
        {
            await foreach (var happened in grid.Client.EventsAsync(job, cancellationToken: end))
            {
                count++;
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The test has seen what it wanted.
        }

        return count;
    }
}
