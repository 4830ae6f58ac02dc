using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using GridVolunteer.Coordinator.Events;
using GridVolunteer.Coordinator.Tests.Api;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Json;
using Microsoft.Extensions.DependencyInjection;

namespace GridVolunteer.Coordinator.Tests.Events;

/// <summary>The event stream over the wire.</summary>
public sealed class EventStreamTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Events_OfAJobsLife_ArriveInOrder()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        await using var reader = await ReadAsync(coordinator, "/v1/events");
        var job = await TestJobs.SubmitAsync(coordinator, s => s with { Units = 10 });
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var offer = await agent.GrantAsync();
        await agent.WorkAsync(agent.Request(reports: TestAgent.Report(offer)));

        var kinds = new List<string>();
        while (!kinds.Contains("job completed"))
        {
            var item = (await reader.NextAsync()).Data;
            kinds.Add(item.Kind is "job" or "peer" ? $"{item.Kind} {item.State}" : item.Kind);
        }

        Assert.Equal(
            ["job queued", "peer alive", "job running", "leased", "validated", "job completed"],
            kinds);
        Assert.Equal(1, job.Number);
    }

    [Fact]
    public async Task Stream_ResumedBehindAnId_GoesOnThere()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var ring = coordinator.Service.Services.GetRequiredService<EventRing>();
        var first = ring.Next;
        Publish(ring, 5);
        await using var reader = await ReadAsync(coordinator, "/v1/events", lastId: first + 2);
        Assert.Equal("3", (await reader.NextAsync()).Data.State);
        var last = await reader.NextAsync();
        Assert.Equal("4", last.Data.State);
        Assert.Equal($"{first + 4}", last.EventId);
    }

    [Fact]
    public async Task Stream_ResumedBehindWhatTheRingReaches_BeginsWithAGap()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var ring = coordinator.Service.Services.GetRequiredService<EventRing>();
        var first = ring.Next;
        Publish(ring, EventRing.DefaultCapacity + 10);
        await using var reader = await ReadAsync(coordinator, "/v1/events", lastId: first + 2);
        var gap = await reader.NextAsync();
        Assert.Equal(("gap", "gap"), (gap.EventType, gap.Data.Kind));
        Assert.Equal("10", (await reader.NextAsync()).Data.State);
    }

    [Fact]
    public async Task Stream_ResumedWithAnIdOfAnEarlierCoordinator_BeginsWithAGap()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        await using var reader = await ReadAsync(coordinator, "/v1/events", lastId: 12);
        Assert.Equal("gap", (await reader.NextAsync()).Data.Kind);
    }

    [Fact]
    public async Task Stream_OfOneJob_LeavesOthersOut()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var ring = coordinator.Service.Services.GetRequiredService<EventRing>();
        await using var reader = await ReadAsync(coordinator, "/v1/events?job=j2");
        ring.Publish([.. Enumerable.Range(1, 3).Select(
            i => new GridEvent { Kind = "job", At = DateTimeOffset.UnixEpoch, Job = new JobId(i) })]);
        Assert.Equal(new JobId(2), (await reader.NextAsync()).Data.Job);
    }

    [Fact]
    public async Task Readers_BeyondTheLimit_AreRefused()
    {
        await using var coordinator = await TestCoordinator.StartAsync(o => o with { EventReadersMax = 1 });
        await using (await ReadAsync(coordinator, "/v1/events"))
        {
            var second = await coordinator.Anonymous.GetAsync("/v1/events");
            await TestCoordinator.ProblemAsync(second, 429);
            Assert.NotNull(second.Headers.RetryAfter);
        }
    }

    private static void Publish(EventRing ring, int count) =>
        ring.Publish([.. Enumerable.Range(0, count).Select(
        i => new GridEvent { Kind = "peer", At = DateTimeOffset.UnixEpoch, State = $"{i}" })]);

    private static async Task<Reader> ReadAsync(TestCoordinator coordinator, string path, long? lastId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastId is { } id)
        {
            request.Headers.Add("Last-Event-ID", $"{id}");
        }

        var response = await coordinator.Anonymous.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new Reader(response, await response.Content.ReadAsStreamAsync());
    }

    private sealed class Reader(HttpResponseMessage response, Stream body) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<SseItem<GridEvent>> _items = SseParser.Create(
            body, (_, data) => JsonSerializer.Deserialize(data, ProtocolJson.Default.GridEvent)!)
            .EnumerateAsync().GetAsyncEnumerator();

        public async Task<SseItem<GridEvent>> NextAsync()
        {
            Assert.True(await _items.MoveNextAsync().AsTask().WaitAsync(Limit));
            return _items.Current;
        }

        public async ValueTask DisposeAsync()
        {
            response.Dispose();
            await body.DisposeAsync();
        }
    }
}
