using System.Text.Json;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>
/// Several agents at once on jobs of several shards, on whatever coordinator the class that derives from this starts.
/// </summary>
public abstract class CrowdSuite
{
    private const long Units = 70_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Job_OfSeveralShards_IsComputedByACrowd_OfWhichSomeLeave(int quorum)
    {
        await using var coordinator = await StartAsync();
        var job = await TestJobs.SubmitAsync(
            coordinator, s => s with { Units = Units, Quorum = quorum, MergeFanIn = 1000 });
        var crowd = Enumerable.Range(0, 6).Select(i => ComputeAsync(coordinator, job, leavesAfter: i < 2 ? 3 : int.MaxValue));
        await Task.WhenAll(crowd).WaitAsync(TimeSpan.FromMinutes(2));

        var view = await TestJobs.ViewAsync(coordinator, job);
        Assert.Equal(
            (JobState.Completed, Units, 0L, 71L, 71L),
            (view.State, view.UnitsValidated, view.UnitsFailed, view.MergesTotal, view.MergesValidated));
        Assert.Equal($"{Units * (Units - 1) / 2}", await coordinator.Anonymous.GetStringAsync($"/v1/jobs/{job}/output"));

        using var lines = new StreamReader(await coordinator.Anonymous.GetStreamAsync($"/v1/jobs/{job}/results"));
        for (var unit = 0; unit < Units; unit++)
        {
            Assert.Equal($"{{\"unit\":{unit},\"state\":\"valid\",\"result\":{unit}}}", await lines.ReadLineAsync());
        }

        Assert.Null(await lines.ReadLineAsync());
        await AssertChildrenAcrossShardsAsync(coordinator, job);
    }

    private protected abstract Task<TestCoordinator> StartAsync();

    private static async Task AssertChildrenAcrossShardsAsync(TestCoordinator coordinator, JobId job)
    {
        var run = new UnitRun(WorkGeometry.UnitsPerShard - 100, 200);
        var children = await ChildrenAsync(coordinator.Anonymous, job, 0, run);
        Assert.Equal([run], children.Present);
    }

    private static async Task ComputeAsync(TestCoordinator coordinator, JobId job, int leavesAfter)
    {
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        GrantReport[] reports = [];
        for (var round = 0; ; round++)
        {
            var answer = await agent.WorkAsync(agent.Request(unitsMax: 4096, wait: 1, reports));
            Assert.All(answer.Outcomes, outcome => Assert.Null(outcome.Refusal));
            if (round == leavesAfter)
            {
                await agent.BeatAsync(goodbye: true);
                return;
            }

            reports = [.. await Task.WhenAll(answer.Grants.Select(offer => ComputeAsync(agent, job, offer)))];
            if (reports.Length == 0 && (await TestJobs.ViewAsync(coordinator, job)).State == JobState.Completed)
            {
                return;
            }
        }
    }

    /// <summary>A unit's result is its index; a merge's is the sum of its children.</summary>
    private static async Task<GrantReport> ComputeAsync(TestAgent agent, JobId job, GrantOffer offer)
    {
        var level = offer.Grant.Shard.Level;
        var sums = new Dictionary<long, byte[]>();
        foreach (var unit in level == 0 ? [] : TestAgent.Units(offer))
        {
            var children = await ChildrenAsync(agent.Http, job, level - 1, new UnitRun(unit * 1000, 1000));
            sums[unit] = JsonSerializer.SerializeToUtf8Bytes(Sum(children));
        }

        return TestAgent.Report(offer, level == 0 ? null : unit => sums[unit]);
    }

    private static long Sum(ChildResults children)
    {
        var reader = new Protocol.Packing.PackedResultsReader(children.Results.Span);
        var sum = 0L;
        while (reader.TryRead(out var result))
        {
            sum += long.Parse(result.Bytes);
        }

        Assert.True(reader.AtEnd);
        return sum;
    }

    private static async Task<ChildResults> ChildrenAsync(HttpClient http, JobId job, int level, UnitRun run) =>
        await TestCoordinator.ReadAsync(
            await http.GetAsync(Protocol.Client.ApiRoutes.Children(job, level, run)), ProtocolJson.Default.ChildResults);
}
