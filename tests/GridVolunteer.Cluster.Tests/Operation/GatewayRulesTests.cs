using System.Net;
using System.Net.Http.Headers;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Coordinator.Tests.Api;
using GridVolunteer.Protocol.Problems;
using GridVolunteer.Protocol.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Cluster.Tests.Operation;

/// <summary>What the gateway's configuration promises, each rule on its own, before silos that are told what to do.</summary>
[Collection("survival")]
public sealed class GatewayRulesTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly List<StubSilo> _silos = [];
    private GatewayProcess? _gateway;

    private GatewayProcess Gateway => _gateway!;

    public async Task InitializeAsync()
    {
        if (GatewayProcess.Missing is null)
        {
            _gateway = await GatewayProcess.StartAsync();
        }
    }

    public void Dispose() => _http.Dispose();

    public async Task DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }
    }

    [FactWithGateway]
    public async Task AnAgent_KeepsToASilo_WhateverTokenItHas_AndAgentsSpread()
    {
        await StartAsync(3);
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var tokens = new AgentTokens(new byte[32], clock, TimeSpan.FromHours(1));
        var seen = new Dictionary<string, int>();
        for (var i = 0; i < 60; i++)
        {
            using var key = AgentKey.Create();
            var first = await AskAsync(HttpMethod.Post, "/v1/work", tokens.Issue(key.Peer));
            clock.Advance(TimeSpan.FromMinutes(50));
            Assert.Equal(first, await AskAsync(HttpMethod.Post, "/v1/work", tokens.Issue(key.Peer)));
            seen[first] = seen.GetValueOrDefault(first) + 1;
        }

        Assert.Equal(3, seen.Count);
        Assert.All(seen.Values, agents => Assert.InRange(agents, 5, 50));
    }

    [FactWithGateway]
    public async Task ASiloThatDrains_AnswersWhatItHas_AndGetsNoMore()
    {
        await StartAsync(2);
        var finish = new TaskCompletionSource();
        var began = WhoeverBegins(_ => finish.Task);
        var waiting = AskAsync(HttpMethod.Post, "/v1/work", token: null);
        var draining = await began.Task.WaitAsync(Soon);
        var other = _silos.Single(silo => silo != draining);
        other.Does = other.SayWhoAsync;
        draining.Health = 503;
        await Gateway.UntilSaidAsync("is stopping");
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(other.Address.ToString(), await AskAsync(HttpMethod.Post, "/v1/work", token: $"{i}"));
        }

        finish.SetResult();
        Assert.Equal(draining.Address.ToString(), await waiting.WaitAsync(Soon));
        Assert.Single(draining.Requests);
    }

    [FactWithGateway]
    public async Task ASiloThatStandsStill_LosesWhatWaitsThere_ToTheOther()
    {
        await StartAsync(2);
        var began = WhoeverBegins(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var waiting = AskAsync(HttpMethod.Post, "/v1/work", token: null);
        var frozen = await began.Task.WaitAsync(Soon);
        var other = _silos.Single(silo => silo != frozen);
        other.Does = other.SayWhoAsync;
        frozen.Health = null;
        Assert.Equal(other.Address.ToString(), await waiting.WaitAsync(Soon));
    }

    [FactWithGateway]
    public async Task ARequestThatASiloSwallows_IsRepeatedOnAnother_WhereItMay()
    {
        await StartAsync(2);
        foreach (var (method, path) in ((HttpMethod, string)[])
            [(HttpMethod.Post, "/v1/work"), (HttpMethod.Post, "/v1/jobs"), (HttpMethod.Get, "/v1/jobs")])
        {
            var began = WhoeverBegins(StubSilo.BreakOff, once: true);
            var who = await AskAsync(method, path, token: null);
            Assert.NotEqual((await began.Task).Address.ToString(), who);
        }

        foreach (var path in (string[])["/v1/agents/token", "/v1/jobs/j1/cancel"])
        {
            WhoeverBegins(StubSilo.BreakOff);
            Assert.True(await FailsAsync(path), Gateway.Said);
            Assert.Single(_silos.SelectMany(silo => silo.Requests), request => request == $"POST {path}");
        }
    }

    [FactWithGateway]
    public async Task WhereNoSiloIs_TheGatewaySaysSo_AsASiloWouldSayItsTroubles()
    {
        using var answer = await SendAsync(HttpMethod.Post, "/v1/work", token: null);
        var problem = await TestCoordinator.ProblemAsync(answer, StatusCodes.Status503ServiceUnavailable);
        Assert.Equal(ProblemTypes.Unavailable, problem.Type);
    }

    [FactWithGateway]
    public async Task Uploads_AndEvents_PassAsTheyCome()
    {
        await StartAsync(1);
        var silo = _silos[0];
        var first = new TaskCompletionSource();
        silo.Does = async context =>
        {
            await context.Request.Body.ReadExactlyAsync(new byte[1000]);
            first.SetResult();
            await context.Request.Body.CopyToAsync(Stream.Null);
        };
        using (var content = new HalfContent(first.Task.WaitAsync(Soon), sizeBytes: 32 << 20))
        {
            using var answer = await _http.PutAsync(new Uri(Gateway.Url, "/v1/blobs/x"), content);
            Assert.True(answer.IsSuccessStatusCode);
        }

        var more = new TaskCompletionSource();
        silo.Does = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: one\n\n");
            await context.Response.Body.FlushAsync();
            await more.Task;
            await context.Response.WriteAsync("data: two\n\n");
        };
        using var reader = new StreamReader(await _http.GetStreamAsync(new Uri(Gateway.Url, "/v1/events")));
        Assert.Equal("data: one", await reader.ReadLineAsync().WaitAsync(Soon));
        more.SetResult();
        Assert.Equal("\ndata: two\n\n", await reader.ReadToEndAsync().WaitAsync(Soon));
    }

    private async Task StartAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _silos.Add(await StubSilo.StartAsync(Gateway));
        }
    }

    /// <summary>Whoever gets the next request does <paramref name="what"/> with it, and is told.</summary>
    private TaskCompletionSource<StubSilo> WhoeverBegins(Func<HttpContext, Task> what, bool once = false)
    {
        var began = new TaskCompletionSource<StubSilo>(TaskCreationOptions.RunContinuationsAsynchronously);
        foreach (var silo in _silos)
        {
            silo.Does = context => began.TrySetResult(silo) || !once ? what(context) : Task.CompletedTask;
        }

        return began;
    }

    private async Task<string> AskAsync(HttpMethod method, string path, string? token)
    {
        using var answer = await SendAsync(method, path, token);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}\n{Gateway.Said}");
        return text;
    }

    /// <summary>The gateway says so, or, where it took up a connection again, breaks off as the silo did.</summary>
    private async Task<bool> FailsAsync(string path)
    {
        try
        {
            using var answer = await SendAsync(HttpMethod.Post, path, token: null);
            await TestCoordinator.ProblemAsync(answer, StatusCodes.Status502BadGateway);
            return true;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, new Uri(Gateway.Url, path));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = method == HttpMethod.Post ? new StringContent("{}") : null;
        return await _http.SendAsync(request);
    }
}
