using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Jobs;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;
using Microsoft.Extensions.DependencyInjection;

namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>Exchanges over the wire: retries, long polls, refusals.</summary>
public sealed class WorkTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Retry_GetsTheSameAnswer_AndNoSecondBatch()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var job = await TestJobs.SubmitAsync(coordinator, s => s with { Units = 100 });
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var request = agent.Request(unitsMax: 10);
        var first = await (await agent.PostAsync(request)).Content.ReadAsStringAsync();
        var second = await (await agent.PostAsync(request)).Content.ReadAsStringAsync();
        Assert.Equal(first, second);
        Assert.Contains("\"runs\":[[0,10]]", first);
        Assert.Equal(10, (await TestJobs.ViewAsync(coordinator, job)).UnitsRunning);
    }

    [Fact]
    public async Task Report_SentAgain_IsIgnored()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var job = await TestJobs.SubmitAsync(coordinator);
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var report = TestAgent.Report(await agent.GrantAsync());
        var first = await agent.WorkAsync(agent.Request(reports: report));
        Assert.Equal((10, 0), Counts(first));
        var second = await agent.WorkAsync(agent.Request(reports: report));
        Assert.Equal((0, 10), Counts(second));
        Assert.Equal(10, (await TestJobs.ViewAsync(coordinator, job)).UnitsValidated);
    }

    [Fact]
    public async Task LongPoll_IsWokenByANewJob()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var waiting = agent.WorkAsync(agent.Request(wait: 30));
        await PolledAsync(coordinator, 1);
        await TestJobs.SubmitAsync(coordinator);
        Assert.Single((await waiting.WaitAsync(Limit)).Grants);
    }

    [Fact]
    public async Task LongPolls_ManyAtOnce_AllGetWorkThatSufficesForAll()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var agents = new List<TestAgent>();
        for (var i = 0; i < 40; i++)
        {
            agents.Add(await TestAgent.IntroduceAsync(coordinator));
        }

        var waiting = agents.Select(agent => agent.WorkAsync(agent.Request(unitsMax: 1, wait: 30))).ToList();
        await PolledAsync(coordinator, 40);
        await TestJobs.SubmitAsync(coordinator, s => s with { Units = 40 });
        var answers = await Task.WhenAll(waiting).WaitAsync(Limit);
        Assert.Equal(
            Enumerable.Range(0, 40).Select(i => (long)i),
            answers.SelectMany(a => a.Grants).SelectMany(TestAgent.Units).Order());
        agents.ForEach(agent => agent.Dispose());
    }

    [Fact]
    public async Task LongPoll_IsWokenByUnitsGivenBack()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        await TestJobs.SubmitAsync(coordinator, s => s with { Units = 5 });
        using var first = await TestAgent.IntroduceAsync(coordinator);
        using var second = await TestAgent.IntroduceAsync(coordinator);
        var offer = await first.GrantAsync();
        var waiting = second.WorkAsync(second.Request(wait: 30));
        await PolledAsync(coordinator, 1);
        await first.WorkAsync(new WorkRequest
        {
            RequestId = "back",
            Reports = [new GrantReport { Grant = offer.Grant, Returned = offer.Runs }],
        });
        var given = Assert.Single((await waiting.WaitAsync(Limit)).Grants);
        Assert.Subset(TestAgent.Units(offer).ToHashSet(), TestAgent.Units(given).ToHashSet());
    }

    [Fact]
    public async Task LongPoll_OfOneWhoLeft_GivesItsUnitsToWhoWaits()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        await TestJobs.SubmitAsync(coordinator, s => s with { Units = 5 });
        using var first = await TestAgent.IntroduceAsync(coordinator);
        using var second = await TestAgent.IntroduceAsync(coordinator);
        var offer = await first.GrantAsync();
        var waiting = second.WorkAsync(second.Request(wait: 30));
        await PolledAsync(coordinator, 1);
        await first.BeatAsync(goodbye: true);
        var given = Assert.Single((await waiting.WaitAsync(Limit)).Grants);
        Assert.Subset(TestAgent.Units(offer).ToHashSet(), TestAgent.Units(given).ToHashSet());
    }

    [Fact]
    public async Task LongPoll_EndsWhenANewerRequestOfTheSameAgentComes()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var older = agent.WorkAsync(agent.Request(wait: 30));
        await PolledAsync(coordinator, 1);
        var newer = agent.WorkAsync(agent.Request(wait: 30));
        Assert.Empty((await older.WaitAsync(Limit)).Grants);
        await TestJobs.SubmitAsync(coordinator);
        Assert.Single((await newer.WaitAsync(Limit)).Grants);
    }

    [Fact]
    public async Task LongPoll_WhoseCallerIsGone_TakesNoWork()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        using var broken = new CancellationTokenSource();
        var gone = agent.WorkAsync(agent.Request(wait: 30), broken.Token);
        await PolledAsync(coordinator, 1);
        await broken.CancelAsync();
        await PolledAsync(coordinator, 0);
        var job = await TestJobs.SubmitAsync(coordinator);
        Assert.Equal(0, (await TestJobs.ViewAsync(coordinator, job)).UnitsRunning);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
    }

    [Fact]
    public async Task Request_WithReports_IsAcknowledgedWithoutWaitingForWork()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        await TestJobs.SubmitAsync(coordinator, s => s with { Units = 10 });
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var report = TestAgent.Report(await agent.GrantAsync());
        var answer = await agent.WorkAsync(agent.Request(wait: 60, reports: report)).WaitAsync(Limit);
        Assert.Equal((10, 0), Counts(answer));
    }

    [Fact]
    public async Task Report_OfWhatAnotherHolds_IsRefused()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        await TestJobs.SubmitAsync(coordinator);
        using var first = await TestAgent.IntroduceAsync(coordinator);
        using var second = await TestAgent.IntroduceAsync(coordinator);
        var report = TestAgent.Report(await first.GrantAsync());
        var outcome = Assert.Single((await second.WorkAsync(second.Request(reports: report))).Outcomes);
        Assert.NotNull(outcome.Refusal);
        Assert.Equal(0, outcome.Accepted);
    }

    [Theory]
    [InlineData("j99.0.0.1", "no job j99")]
    [InlineData("j1.0.7.1", "no shard")]
    [InlineData("j1.5.0.1", "no shard")]
    [InlineData("j1.0.0.9", "no grant")]
    public async Task Report_OfAGrantThatIsNone_IsRefused_AndOthersAreTaken(string grant, string said)
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        await TestJobs.SubmitAsync(coordinator);
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var good = TestAgent.Report(await agent.GrantAsync());
        var answer = await agent.WorkAsync(agent.Request(
            reports: [good with { Grant = GrantId.Parse(grant) }, good]));
        Assert.Contains(said, answer.Outcomes[0].Refusal);
        Assert.Equal(10, answer.Outcomes[1].Accepted);
    }

    [Fact]
    public async Task Report_NamingABlobThatIsNotHere_IsRefused_AndTakenOnceItIs()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        await TestJobs.SubmitAsync(coordinator, s => s with { Units = 1 });
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var offer = await agent.GrantAsync();
        var bytes = new byte[5000];
        var hasher = new BlobHasher();
        hasher.Append(bytes);
        var packed = new System.Buffers.ArrayBufferWriter<byte>();
        new PackedResultsWriter(packed).WriteBlob(hasher.Finish());
        var report =
            new GrantReport { Grant = offer.Grant, Runs = offer.Runs, Results = packed.WrittenMemory };
        var refused = await agent.WorkAsync(agent.Request(reports: report));
        Assert.Contains("upload it before", refused.Outcomes[0].Refusal);
        await TestJobs.UploadAsync(agent.Http, bytes);
        Assert.Equal((1, 0), Counts(await agent.WorkAsync(agent.Request(reports: report))));
    }

    [Fact]
    public async Task Report_OfAResultLargerThanTheJobAllows_IsRefused()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        await TestJobs.SubmitAsync(coordinator, s => s with { ResultSizeBytesMax = 100 });
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var report = TestAgent.Report(await agent.GrantAsync(), _ => new byte[101]);
        var outcome = Assert.Single((await agent.WorkAsync(agent.Request(reports: report))).Outcomes);
        Assert.Contains("101 bytes; the job allows 100", outcome.Refusal);
    }

    [Fact]
    public async Task Work_GoesToAgentsThatMeetTheJobsNeeds_Only()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        await TestJobs.SubmitAsync(
            coordinator, s => s with { Needs = new JobNeeds { OperatingSystems = ["windows"] } });
        var job = await TestJobs.SubmitAsync(coordinator);
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        Assert.Equal(job, (await agent.GrantAsync()).Grant.Shard.Job);
    }

    [Fact]
    public async Task Heartbeat_NamesGrantsThatAreVoid()
    {
        await using var coordinator = await TestCoordinator.StartAsync(o => o with
        {
            HeartbeatInterval = TimeSpan.FromMilliseconds(100),
            HeartbeatLimit = TimeSpan.FromMilliseconds(500),
        });
        var job = await TestJobs.SubmitAsync(coordinator);
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var offer = await agent.GrantAsync();
        Assert.Empty((await agent.BeatAsync(grants: offer.Grant)).Void);
        await coordinator.Operator.PostAsync($"/v1/jobs/{job}/cancel", null);
        await Waiting.UntilAsync(
            async () => (await agent.BeatAsync(grants: offer.Grant)).Void.Contains(offer.Grant));
    }

    private static PollDesk Desk(TestCoordinator coordinator) =>
        coordinator.Service.Services.GetRequiredService<PollDesk>();

    private static Task PolledAsync(TestCoordinator coordinator, int count) =>
        Waiting.UntilAsync(() => Desk(coordinator).Count == count);

    private static (int Accepted, int Ignored) Counts(WorkAnswer answer)
    {
        Assert.All(answer.Outcomes, outcome => Assert.Null(outcome.Refusal));
        return (answer.Outcomes.Sum(o => o.Accepted), answer.Outcomes.Sum(o => o.Ignored));
    }
}
