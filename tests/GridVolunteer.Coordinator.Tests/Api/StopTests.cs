using System.Net;
using GridVolunteer.Coordinator.Brokering;
using GridVolunteer.Coordinator.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>Stopping, restarting, and two coordinators on one folder.</summary>
public sealed class StopTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Stop_WithOpenPollsAndStreams_AnswersThemAndEndsSoon()
    {
        await using var coordinator = await TestCoordinator.StartAsync(
            o => o with { StopLimit = TimeSpan.FromMinutes(5) });
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var polling = agent.WorkAsync(agent.Request(wait: 60));
        using var events = await coordinator.Anonymous.GetAsync(
            "/v1/events", HttpCompletionOption.ResponseHeadersRead);
        var desk = coordinator.Service.Services.GetRequiredService<PollDesk>();
        await Waiting.UntilAsync(() => desk.Count == 1);

        await coordinator.Service.StopAsync().WaitAsync(Limit);
        Assert.Empty((await polling.WaitAsync(Limit)).Grants);
        Assert.Equal(HttpStatusCode.OK, events.StatusCode);
        await (await events.Content.ReadAsStreamAsync()).CopyToAsync(Stream.Null).WaitAsync(Limit);
        await Assert.ThrowsAsync<HttpRequestException>(() => coordinator.Anonymous.GetAsync("/healthz"));
    }

    [Fact]
    public async Task Stop_ThatDrains_SaysSoFirst_AndAnswersMeanwhile()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var coordinator = await TestCoordinator.StartAsync(
            o => o with { DrainTime = TimeSpan.FromSeconds(30) }, clock);
        using var before = await coordinator.Anonymous.GetAsync("/healthz");
        Assert.Equal((HttpStatusCode.OK, null), (before.StatusCode, before.Headers.ConnectionClose));

        var stopping = coordinator.Service.StopAsync();
        using var health = await coordinator.Anonymous.GetAsync("/healthz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal("draining\n", await health.Content.ReadAsStringAsync());
        await TestCoordinator.ProblemAsync(await coordinator.Anonymous.GetAsync("/readyz"), 503);
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        using var answer = await agent.PostAsync(agent.Request());
        Assert.Equal((HttpStatusCode.OK, true), (answer.StatusCode, answer.Headers.ConnectionClose));
        using var refused = await agent.Http.GetAsync("/v1/jobs/j99");
        Assert.Equal((HttpStatusCode.NotFound, true), (refused.StatusCode, refused.Headers.ConnectionClose));
        Assert.False(stopping.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(30));
        await stopping.WaitAsync(Limit);
    }

    [Fact]
    public async Task Run_EndsWhenToldTo()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource<Uri>();
        var running = CoordinatorService.RunAsync(
            TestCoordinator.Options(folder), TimeProvider.System, service =>
                started.SetResult(service.Url), stop.Token);
        using var client = new HttpClient { BaseAddress = await started.Task.WaitAsync(Limit) };
        Assert.Equal("ready\n", await client.GetStringAsync("/readyz"));
        await stop.CancelAsync();
        await running.WaitAsync(Limit);
    }

    [Fact]
    public async Task SecondCoordinator_OnTheSameFolder_IsRefused_AndTakenAfterTheFirst()
    {
        using var folder = new TemporaryFolder();
        var first = await TestCoordinator.StartAsync(folder: folder);
        var fault = await Assert.ThrowsAsync<CoordinatorStartException>(
            () => TestCoordinator.StartAsync(folder: folder));
        Assert.Contains("Another coordinator uses the data folder", fault.Message);
        await TestJobs.SubmitAsync(first);
        await first.DisposeAsync();

        await using var second = await TestCoordinator.StartAsync(folder: folder);
        Assert.Contains("\"j1\"", await second.Anonymous.GetStringAsync("/v1/jobs"));
    }

    [Fact]
    public async Task Restart_KeepsGrantsAndResults_AndAgentsIntroduceThemselvesAgain()
    {
        using var folder = new TemporaryFolder();
        Protocol.Work.GrantOffer offer;
        Protocol.Ids.JobId job;
        string? token;
        TestAgent agent;
        await using (var first = await TestCoordinator.StartAsync(folder: folder))
        {
            job = await TestJobs.SubmitAsync(first, s => s with { Units = 20 });
            agent = await TestAgent.IntroduceAsync(first);
            offer = await agent.GrantAsync(unitsMax: 20);
            token = agent.Http.DefaultRequestHeaders.Authorization!.Parameter;
        }

        agent.Dispose();
        await using var second = await TestCoordinator.StartAsync(folder: folder);
        using var returned = TestAgent.Returning(second, token!);
        var request = returned.Request(reports: TestAgent.Report(offer));
        await TestCoordinator.ProblemAsync(await returned.PostAsync(request), 409);
        Assert.Empty((await returned.BeatAsync(grants: offer.Grant)).Void);
        Assert.Equal(20, Assert.Single((await returned.WorkAsync(request)).Outcomes).Accepted);
        await TestJobs.CompletedAsync(second, job);
    }
}
