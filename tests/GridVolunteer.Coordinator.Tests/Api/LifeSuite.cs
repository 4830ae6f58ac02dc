using System.Text.Json;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>
/// The life of a job over the wire, from submission to output, on whatever coordinator the class that derives from
/// this starts.
/// </summary>
public abstract class LifeSuite
{
    [Fact]
    public async Task Job_ByCount_IsComputedMergedAndRead()
    {
        await using var coordinator = await StartAsync();
        var job = await TestJobs.SubmitAsync(coordinator, s => s with { Units = 100, MergeFanIn = 64 });
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        GrantReport[] reports = [];
        JobView view;
        var merged = new List<string>();
        do
        {
            var answer = await agent.WorkAsync(agent.Request(unitsMax: 30, wait: 5, reports));
            Assert.All(answer.Outcomes, outcome => Assert.Null(outcome.Refusal));
            reports =
                [.. answer.Grants.Select(offer => TestAgent.Report(offer, unit => Compute(offer, unit)))];
            merged.AddRange(
                answer.Grants.Where(g => g.Grant.Shard.Level > 0).Select(g => g.Grant.ToString()));
            view = await TestJobs.ViewAsync(coordinator, job);
        }
        while (view.State is JobState.Queued or JobState.Running);

        Assert.Equal(JobState.Completed, view.State);
        Assert.Equal((100, 100, 0), (view.UnitsTotal, view.UnitsValidated, view.UnitsFailed));
        Assert.Equal((3, 3), (view.MergesTotal, view.MergesValidated));
        Assert.Equal("\"merge 2.0\"", await coordinator.Anonymous.GetStringAsync($"/v1/jobs/{job}/output"));
        Assert.Equal("\"merge 2.0\"".Length, view.OutputBytes);
        var lines =
            (await coordinator.Anonymous.GetStringAsync($"/v1/jobs/{job}/results")).TrimEnd('\n').Split('\n');
        Assert.Equal(100, lines.Length);
        Assert.Equal("{\"unit\":7,\"state\":\"valid\",\"result\":49}", lines[7]);
    }

    private protected abstract Task<TestCoordinator> StartAsync();

    private static byte[] Compute(GrantOffer offer, long unit) => offer.Grant.Shard.Level == 0
        ? JsonSerializer.SerializeToUtf8Bytes(unit * unit)
        : JsonSerializer.SerializeToUtf8Bytes($"merge {offer.Grant.Shard.Level}.{unit}");
}
