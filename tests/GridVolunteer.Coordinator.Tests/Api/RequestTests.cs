using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using GridVolunteer.Protocol.Agents;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Problems;

namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>Bad requests get a clear problem, whatever is bad about them.</summary>
public sealed class RequestTests(SharedCoordinator shared) : IClassFixture<SharedCoordinator>
{
    [Theory]
    [InlineData("/v1/jobs", "{\"requestId\":", "line 1")]
    [InlineData("/v1/jobs", "", "JSON")]
    [InlineData("/v1/jobs", "null", "")]
    [InlineData("/v1/jobs", "{\"requestId\":\"a\"}", "package")]
    [InlineData("/v1/jobs", "{\"requestId\":7}", "$.requestId")]
    [InlineData("/v1/blobs/missing", "{\"blobs\":[\"abc\"]}", "'abc' is not a BlobId")]
    public async Task MalformedJson_IsRefused_SayingWhatAndWhere(string path, string body, string said)
    {
        var coordinator = shared.Coordinator;
        var problem = await TestCoordinator.ProblemAsync(
            await coordinator.Operator.PostAsync(path, Json(body)), 400);
        Assert.Equal(ProblemTypes.Malformed, problem.Type);
        Assert.Contains(said, problem.Detail);
        Assert.DoesNotContain("System.", problem.Detail);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("null", "null")]
    [InlineData("{\"requestId\":\"a\",\n\"reports\":[{\"grant\":\"x\"}]}", "line 2")]
    [InlineData("{}", "requestId")]
    [InlineData("{\"requestId\":\"\"}", "requestId has 1 to 64")]
    [InlineData("{\"requestId\":\"a\",\"waitSeconds\":61}", "waitSeconds")]
    [InlineData("{\"requestId\":\"a\",\"wanted\":{\"seconds\":0}}", "wanted.seconds")]
    [InlineData("{\"requestId\":\"a\",\"wanted\":{\"seconds\":1,\"unitsMax\":5000}}", "wanted.unitsMax")]
    [InlineData("{\"requestId\":\"a\",\"reports\":[{\"grant\":\"j1.0.0.1\",\"results\":\"!\"}]}", "results")]
    [InlineData("{\"requestId\":\"a\",\"reports\":[{\"grant\":\"j1.0.0.1\",\"runs\":[[0,0]]}]}", "run of units")]
    public async Task MalformedWork_IsRefused_SayingWhatAndWhere(string body, string said)
    {
        var coordinator = shared.Coordinator;
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var problem = await TestCoordinator.ProblemAsync(
            await agent.Http.PostAsync("/v1/work", Json(body)), 400);
        Assert.Contains(said, problem.Detail);
    }

    [Theory]
    [InlineData(65, 1, 1, 1, "name has at most 64")]
    [InlineData(1, 65, 1, 1, "host.operatingSystem, host.architecture")]
    [InlineData(1, 1, 65, 1, "host.programs holds names of at most 64")]
    [InlineData(1, 1, 1, 1025, "at most 1024 shards")]
    public async Task HeartbeatThatWouldFillTheMemory_IsRefused(
        int name, int system, int program, int shards, string said)
    {
        var coordinator = shared.Coordinator;
        using var agent = await TestAgent.EnrolAsync(coordinator);
        var beat = new Heartbeat
        {
            Name = new string('n', name),
            Host = new HostFacts
            {
                OperatingSystem = new string('s', system),
                Architecture = "x64",
                Threads = 1,
                MemoryBytes = 1,
                DiskBytes = 1,
                Programs = [new string('p', program)],
            },
            Grants = [.. Enumerable.Range(0, shards).Select(i => new GrantId(new(new JobId(1), 0, i), 1))],
        };
        var answer = await agent.Http.PostAsJsonAsync(
            "/v1/agents/heartbeat", beat, ProtocolJson.Default.Heartbeat);
        Assert.Contains(said, (await TestCoordinator.ProblemAsync(answer, 400)).Detail);
    }

    [Theory]
    [InlineData("/v1/jobs")]
    [InlineData("/v1/blobs/missing")]
    public async Task BodyBeyondTheLimit_IsRefused_StatingTheLimit(string path)
    {
        await using var coordinator = await TestCoordinator.StartAsync(
            o => o with { RequestSizeBytesMax = 64 << 10 });
        var body = Json($"{{\"requestId\":\"{new string('a', 70_000)}\"}}");
        var problem = await TestCoordinator.ProblemAsync(
            await coordinator.Operator.PostAsync(path, body), 413);
        Assert.Equal(ProblemTypes.TooLarge, problem.Type);
        Assert.Contains("65536 bytes", problem.Detail);
    }

    [Fact]
    public async Task WorkBeyondTheLimit_IsRefused_EvenWithoutAnAnnouncedLength()
    {
        await using var coordinator = await TestCoordinator.StartAsync(
            o => o with { RequestSizeBytesMax = 64 << 10 });
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/work")
        {
            Content = Json($"{{\"requestId\":\"{new string('a', 70_000)}\"}}"),
        };
        request.Headers.TransferEncodingChunked = true;
        var problem = await TestCoordinator.ProblemAsync(await agent.Http.SendAsync(request), 413);
        Assert.Contains("65536 bytes", problem.Detail);
    }

    [Theory]
    [InlineData("/v1/jobs")]
    [InlineData("/v1/blobs/missing")]
    public async Task BodyOfAnotherMediaType_IsRefused(string path)
    {
        var coordinator = shared.Coordinator;
        var body = new StringContent("{}", Encoding.UTF8, "text/plain");
        var problem = await TestCoordinator.ProblemAsync(
            await coordinator.Operator.PostAsync(path, body), 415);
        Assert.Equal(ProblemTypes.UnsupportedMediaType, problem.Type);
    }

    [Theory]
    [InlineData("/v1/jobs/17", 400, "write it like j17")]
    [InlineData("/v1/jobs/j17", 404, "no job j17")]
    [InlineData("/v1/jobs/j17/results", 404, "no job j17")]
    [InlineData("/v1/jobs/j17/output", 404, "no job j17")]
    [InlineData("/v1/jobs/j17/failures", 404, "no job j17")]
    [InlineData("/v1/jobs/j17/recipe", 404, "no job j17")]
    [InlineData("/v1/jobs/j17/children?level=0&start=0&count=1", 404, "no job j17")]
    [InlineData("/v1/jobs/j17/children?level=0&start=0", 400, "'count'")]
    [InlineData("/v1/jobs/j17/children?level=0&start=0&count=1025", 400, "1 to 1024")]
    [InlineData("/v1/jobs/j17/failures?after=x", 400, "'after'")]
    [InlineData("/v1/jobs?limit=0", 400, "1 to 200")]
    [InlineData("/v1/jobs?before=x", 400, "not a job id")]
    [InlineData("/v1/peers/ab", 400, "not a peer id")]
    [InlineData("/v1/peers/0000000000000000000000000000000000000000000000000000000000000000", 404, "No peer")]
    [InlineData("/v1/blobs/abc", 400, "root-length")]
    [InlineData("/v1/blobs/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855-1", 404, "not here")]
    [InlineData("/v1/events?job=x", 400, "not a job id")]
    public async Task Reading_WhatIsNotThere_SaysSo(string path, int status, string said)
    {
        var coordinator = shared.Coordinator;
        var problem = await TestCoordinator.ProblemAsync(await coordinator.Anonymous.GetAsync(path), status);
        Assert.Contains(said, problem.Detail);
    }

    private static StringContent Json(string body) => new(body, new MediaTypeHeaderValue("application/json"));
}
