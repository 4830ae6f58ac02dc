using GridVolunteer.EndToEnd.Tests.Running;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.EndToEnd.Tests;

[Collection(EndToEndCollection.Name)]
public sealed class CoordinatorCrashTests
{
    private const int Kills = 20;
    private const int Volunteers = 4;
    private const int ExchangesBetweenKills = 40;

    [Fact]
    public async Task Coordinator_KilledTwentyTimesUnderLoad_KeepsEveryAcknowledgedResult()
    {
        await using var grid = new TestGrid();
        await grid.StartCoordinatorAsync();
        var job = await LoadVolunteer.SubmitAsync(grid.Client, units: 40_000_000);
        var load = Enumerable.Range(0, Volunteers).Select(i => new LoadVolunteer($"load-{i}")).ToArray();

        for (var kill = 0; kill < Kills; kill++)
        {
            using var stop = new CancellationTokenSource();
            var loading = load.Select(volunteer => volunteer.RunAsync(grid.Url, stop.Token)).ToArray();
            var target = load.Sum(volunteer => volunteer.Exchanges) + ExchangesBetweenKills;
            await Eventually.TrueAsync(
                () => Task.FromResult(load.Sum(volunteer => volunteer.Exchanges) >= target));

            await grid.Coordinator.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(loading);
            await grid.StartCoordinatorAsync();
        }

        await AssertAllThereAsync(grid, job, load);
        foreach (var volunteer in load)
        {
            volunteer.Dispose();
        }
    }

    private static async Task AssertAllThereAsync(TestGrid grid, JobId job, LoadVolunteer[] load)
    {
        var missing = new Dictionary<long, string>(load.SelectMany(volunteer => volunteer.Acknowledged));
        Assert.True(missing.Count > Kills * ExchangesBetweenKills, "There was hardly any load.");
        Assert.Equal(load.Sum(volunteer => volunteer.Acknowledged.Count), missing.Count);
        await foreach (var line in grid.Client.ResultsAsync(job))
        {
            if (missing.Remove(line.Unit, out var expected))
            {
                Assert.Equal(
                    $$"""{"unit":{{line.Unit}},"state":"valid","result":{{expected}}}""",
                    System.Text.Encoding.UTF8.GetString(line.Json.Span));
            }
        }

        Assert.Empty(missing);
    }
}
