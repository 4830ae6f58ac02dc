using System.Net;
using System.Text.Json;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Problems;

namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>Submitting, listing and controlling jobs.</summary>
public sealed class JobTests
{
    [Fact]
    public async Task Submission_SentTwice_IsOneJob()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var submission = TestJobs.Submission(await TestJobs.PackageAsync(coordinator));
        var first = await TestJobs.PostAsync(coordinator.Operator, submission);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal("/v1/jobs/j1", first.Headers.Location?.ToString());
        var second = await TestJobs.PostAsync(coordinator.Operator, submission);
        Assert.Equal(
            await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal("{\"jobId\":\"j1\"}", await first.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Submission_WithSeveralFaults_IsToldAllOfThem()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var submission = TestJobs.Submission(await TestJobs.PackageAsync(coordinator)) with
        {
            Units = 0,
            Quorum = 9,
            Parameters = JsonDocument.Parse("[]").RootElement,
        };
        var problem = await TestCoordinator.ProblemAsync(
            await TestJobs.PostAsync(coordinator.Operator, submission), 422);
        Assert.Equal(ProblemTypes.Rejected, problem.Type);
        Assert.Equal(3, problem.Errors!.Count);
        Assert.Contains(problem.Errors, e => e.StartsWith("quorum: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submission_OfBlobsThatAreNotHere_NamesThemAll()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var absent = new BlobId(Digest.Of([1]), 10);
        var submission = TestJobs.Submission(absent) with
        {
            Inputs = new Dictionary<string, BlobId> { ["query"] = absent with { LengthBytes = 11 } },
        };
        var problem = await TestCoordinator.ProblemAsync(
            await TestJobs.PostAsync(coordinator.Operator, submission), 422);
        Assert.Equal(2, problem.Errors!.Count);
        Assert.StartsWith($"package: blob {absent} is not here", problem.Errors[0], StringComparison.Ordinal);
        Assert.StartsWith("inputs.query: ", problem.Errors[1], StringComparison.Ordinal);
        Assert.Equal("{\"items\":[]}", await coordinator.Anonymous.GetStringAsync("/v1/jobs"));
    }

    [Fact]
    public async Task Submission_OfATableWithTooFewUnits_IsRefused()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var table = new System.Buffers.ArrayBufferWriter<byte>();
        PackedInputs.Write(table, [1, 2, 3]);
        var submission = TestJobs.Submission(await TestJobs.PackageAsync(coordinator), units: 2) with
        {
            Tables = [await TestJobs.UploadAsync(coordinator.Operator, table.WrittenSpan.ToArray())],
        };
        var problem = await TestCoordinator.ProblemAsync(
            await TestJobs.PostAsync(coordinator.Operator, submission), 422);
        Assert.Contains("inputs of 1 units; 2 are expected", Assert.Single(problem.Errors!));
    }

    [Fact]
    public async Task Grants_OfATableJob_CarryTheInputsOfTheirUnits()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var table = new System.Buffers.ArrayBufferWriter<byte>();
        for (var i = 0; i < 10; i++)
        {
            PackedInputs.Write(table, [.. Enumerable.Repeat((byte)i, i)]);
        }

        var blob = await TestJobs.UploadAsync(coordinator.Operator, table.WrittenSpan.ToArray());
        await TestJobs.SubmitAsync(coordinator, s => s with { Units = 10, Tables = [blob] });
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        for (var seen = 0; seen < 10;)
        {
            var offer = await agent.GrantAsync(unitsMax: 4);
            var position = 0;
            foreach (var unit in TestAgent.Units(offer))
            {
                Assert.True(PackedInputs.TryRead(offer.Inputs, ref position, out var input));
                Assert.Equal(Enumerable.Repeat((byte)unit, (int)unit), input.ToArray());
                seen++;
            }

            Assert.Equal(offer.Inputs.Length, position);
        }
    }

    [Fact]
    public async Task Jobs_AreListedInPages_NewestFirst()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await TestJobs.SubmitAsync(coordinator);
        }

        var ids = new List<long>();
        string? next = null;
        do
        {
            var page = await TestCoordinator.ReadAsync(
                await coordinator.Anonymous.GetAsync($"/v1/jobs?limit=2&before={next}"),
                ProtocolJson.Default.JobPage);
            Assert.InRange(page.Items.Count, 1, 2);
            ids.AddRange(page.Items.Select(job => job.JobId.Number));
            next = page.Next;
        }
        while (next is not null);
        Assert.Equal([5, 4, 3, 2, 1], ids);
    }

    [Fact]
    public async Task Control_PausesResumesAndCancels_AndRefusesWhatTheStateForbids()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var job = await TestJobs.SubmitAsync(coordinator);
        Assert.Equal(JobState.Paused, (await ControlAsync(coordinator, job, "pause")).State);
        Assert.Contains("paused", (await TestJobs.ViewAsync(coordinator, job)).Waiting);
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        Assert.Empty((await agent.WorkAsync(agent.Request())).Grants);
        Assert.Equal(JobState.Queued, (await ControlAsync(coordinator, job, "resume")).State);
        await agent.GrantAsync();
        Assert.Equal(JobState.Cancelled, (await ControlAsync(coordinator, job, "cancel")).State);
        var problem = await TestCoordinator.ProblemAsync(
            await coordinator.Operator.PostAsync($"/v1/jobs/{job}/pause", null), 409);
        Assert.Equal(ProblemTypes.Conflict, problem.Type);
        Assert.Contains("cancelled", problem.Detail);
        await TestCoordinator.ProblemAsync(
            await coordinator.Operator.PostAsync("/v1/jobs/j99/pause", null), 404);
    }

    [Fact]
    public async Task Job_ThatNobodyCanRun_SaysWhyItWaits()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var job = await TestJobs.SubmitAsync(
            coordinator, s => s with { Needs = new JobNeeds { Programs = ["rscript"] } });
        Assert.Equal("No agent is connected.", (await TestJobs.ViewAsync(coordinator, job)).Waiting);
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        Assert.Empty((await agent.WorkAsync(agent.Request())).Grants);
    }

    [Fact]
    public async Task Recipe_SaysWhatAnAgentNeeds()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var job = await TestJobs.SubmitAsync(coordinator, s => s with
        {
            Parameters = JsonDocument.Parse("{\"top\":25}").RootElement,
            Seed = 42,
        });
        var recipe = await TestCoordinator.ReadAsync(
            await coordinator.Anonymous.GetAsync($"/v1/jobs/{job}/recipe"), ProtocolJson.Default.JobRecipe);
        Assert.Equal(25, recipe.Parameters.GetProperty("top").GetInt32());
        Assert.Equal(
            (job, 42L, 100L, 3600.0), (recipe.Job, recipe.Seed, recipe.Units, recipe.UnitTimeLimitSeconds));
    }

    private static async Task<JobView> ControlAsync(TestCoordinator coordinator, JobId job, string verb) =>
        await TestCoordinator.ReadAsync(
            await coordinator.Operator.PostAsync($"/v1/jobs/{job}/{verb}", null),
            ProtocolJson.Default.JobView);
}
