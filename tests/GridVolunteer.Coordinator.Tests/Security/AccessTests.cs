using System.Net;
using System.Net.Http.Headers;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Coordinator.Security;
using GridVolunteer.Coordinator.Tests.Api;
using GridVolunteer.Protocol.Problems;
using Microsoft.Extensions.Time.Testing;

namespace GridVolunteer.Coordinator.Tests.Security;

/// <summary>Who may do what, over the wire.</summary>
public sealed class AccessTests(SharedCoordinator shared) : IClassFixture<SharedCoordinator>
{
    [Theory]
    [InlineData("POST", "/v1/jobs")]
    [InlineData("POST", "/v1/jobs/j1/cancel")]
    [InlineData("POST", "/v1/work")]
    [InlineData("POST", "/v1/agents/heartbeat")]
    [InlineData("POST", "/v1/blobs/missing")]
    [InlineData("PUT", "/v1/blobs/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855-0")]
    public async Task Acting_WithoutAToken_IsRefused(string method, string path)
    {
        var coordinator = shared.Coordinator;
        var response = await coordinator.Anonymous.SendAsync(
            new HttpRequestMessage(new HttpMethod(method), path));
        var problem = await TestCoordinator.ProblemAsync(response, 401);
        Assert.Equal(ProblemTypes.Unauthenticated, problem.Type);
        Assert.Contains("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Acting_WithAWrongToken_IsRefused()
    {
        var coordinator = shared.Coordinator;
        using var client = coordinator.Client(SecretFile.RandomText());
        await TestCoordinator.ProblemAsync(await client.PostAsync("/v1/jobs/j1/cancel", null), 401);
    }

    [Fact]
    public async Task Operating_WithAnAgentsToken_IsForbidden()
    {
        var coordinator = shared.Coordinator;
        using var agent = await TestAgent.EnrolAsync(coordinator);
        await TestCoordinator.ProblemAsync(await agent.Http.PostAsync("/v1/jobs/j1/cancel", null), 403);
    }

    [Fact]
    public async Task Working_WithTheOperatorsToken_IsForbidden()
    {
        var coordinator = shared.Coordinator;
        await TestCoordinator.ProblemAsync(await coordinator.Operator.PostAsync("/v1/work", null), 403);
    }

    [Fact]
    public async Task Reading_IsOpen_UnlessPrivate()
    {
        await using var open = await TestCoordinator.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await open.Anonymous.GetAsync("/v1/jobs")).StatusCode);

        await using var closed = await TestCoordinator.StartAsync(o => o with { Private = true });
        await TestCoordinator.ProblemAsync(await closed.Anonymous.GetAsync("/v1/jobs"), 401);
        await TestCoordinator.ProblemAsync(await closed.Anonymous.GetAsync("/v1/events"), 401);
        Assert.Equal(HttpStatusCode.OK, (await closed.Operator.GetAsync("/v1/jobs")).StatusCode);
        using var agent = await TestAgent.EnrolAsync(closed);
        await TestCoordinator.ProblemAsync(await agent.Http.GetAsync("/v1/jobs"), 403);
        await TestCoordinator.ProblemAsync(await agent.Http.GetAsync("/v1/jobs/j1/recipe"), 404);
        Assert.Equal(HttpStatusCode.OK, (await closed.Anonymous.GetAsync("/healthz")).StatusCode);
    }

    [Fact]
    public async Task Token_OfASignatureByAnotherKey_IsRefused()
    {
        var coordinator = shared.Coordinator;
        using var agent = TestAgent.Stranger(coordinator);
        using var other = TestAgent.Stranger(coordinator);
        var nonce = await agent.ChallengeAsync();
        await TestCoordinator.ProblemAsync(
            await agent.TokenAsync(nonce, other.Key.SignChallenge(nonce)), 401);
        await TestCoordinator.ProblemAsync(await other.TokenAsync(nonce), 401);
    }

    [Fact]
    public async Task Token_OfAChallengeAnsweredBefore_IsRefused()
    {
        var coordinator = shared.Coordinator;
        using var agent = TestAgent.Stranger(coordinator);
        var nonce = await agent.ChallengeAsync();
        Assert.Equal(HttpStatusCode.OK, (await agent.TokenAsync(nonce)).StatusCode);
        var problem = await TestCoordinator.ProblemAsync(await agent.TokenAsync(nonce), 401);
        Assert.Contains("already", problem.Detail);
    }

    [Fact]
    public async Task Token_OfAnExpiredChallenge_IsRefused()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var coordinator = await TestCoordinator.StartAsync(clock: clock);
        using var agent = TestAgent.Stranger(coordinator);
        var nonce = await agent.ChallengeAsync();
        clock.Advance(TimeSpan.FromSeconds(61));
        await TestCoordinator.ProblemAsync(await agent.TokenAsync(nonce), 401);
    }

    [Fact]
    public async Task Token_AfterAnHour_HasExpired()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var coordinator = await TestCoordinator.StartAsync(clock: clock);
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        clock.Advance(TimeSpan.FromMinutes(59));
        await agent.BeatAsync();
        clock.Advance(TimeSpan.FromMinutes(2));
        var problem = await TestCoordinator.ProblemAsync(await agent.PostAsync(agent.Request()), 401);
        Assert.Contains("expired", problem.Detail);
    }

    [Fact]
    public async Task Challenge_OfAKeyThatIsNone_IsMalformed()
    {
        var coordinator = shared.Coordinator;
        var response = await coordinator.Anonymous.PostAsync(
            "/v1/agents/challenge",
            new StringContent("{\"publicKey\":\"AAAA\"}", new MediaTypeHeaderValue("application/json")));
        await TestCoordinator.ProblemAsync(response, 400);
    }

    [Fact]
    public async Task Enrolment_ByToken_TakesOnlyWhoKnowsIt()
    {
        using var folder = new TemporaryFolder();
        await using var coordinator = await TestCoordinator.StartAsync(
            o => o with { Enrolment = EnrolmentMode.Token }, folder: folder);
        using var agent = TestAgent.Stranger(coordinator);
        await TestCoordinator.ProblemAsync(await agent.TokenAsync(await agent.ChallengeAsync()), 403);
        await TestCoordinator.ProblemAsync(
            await agent.TokenAsync(await agent.ChallengeAsync(), enrolment: "guess"), 403);
        var token = (await File.ReadAllTextAsync(Path.Combine(folder["data"], "enrolment.token"))).Trim();
        var answer = await agent.TokenAsync(await agent.ChallengeAsync(), enrolment: token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Tokens_SurviveARestart()
    {
        using var folder = new TemporaryFolder();
        string? token;
        string operatorToken;
        await using (var coordinator = await TestCoordinator.StartAsync(folder: folder))
        {
            using var agent = await TestAgent.EnrolAsync(coordinator);
            token = agent.Http.DefaultRequestHeaders.Authorization!.Parameter;
            operatorToken = coordinator.Service.OperatorToken;
        }

        await using var again = await TestCoordinator.StartAsync(folder: folder);
        Assert.Equal(operatorToken, again.Service.OperatorToken);
        using var client = again.Client(token);
        await TestCoordinator.ProblemAsync(await client.PostAsync("/v1/work", null), 415);
    }

    [Fact]
    public async Task Work_BeforeTheFirstHeartbeat_IsToldToIntroduceItself()
    {
        var coordinator = shared.Coordinator;
        using var agent = await TestAgent.EnrolAsync(coordinator);
        var problem = await TestCoordinator.ProblemAsync(await agent.PostAsync(agent.Request()), 409);
        Assert.Equal(ProblemTypes.IntroduceYourself, problem.Type);
    }

    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("evil.example:4370", 403)]
    [InlineData("192.0.2.7", 403)]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1:9", 200)]
    [InlineData("[::1]", 200)]
    public async Task Host_OtherThanThisMachine_IsRefused(string host, int status)
    {
        var coordinator = shared.Coordinator;
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/about");
        request.Headers.Host = host;
        Assert.Equal(status, (int)(await coordinator.Anonymous.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Page_OfAnotherSite_IsRefused(string header, string value)
    {
        var coordinator = shared.Coordinator;
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs/j1/cancel");
        request.Headers.Add(header, value);
        await TestCoordinator.ProblemAsync(await coordinator.Operator.SendAsync(request), 403);
    }

    [Fact]
    public async Task Page_OfTheCoordinatorItself_IsTaken()
    {
        var coordinator = shared.Coordinator;
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/jobs");
        request.Headers.Add("Origin", coordinator.Service.Url.GetLeftPart(UriPartial.Authority));
        Assert.Equal(HttpStatusCode.OK, (await coordinator.Anonymous.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("0", 426)]
    [InlineData("one", 400)]
    [InlineData("1", 200)]
    [InlineData("2", 200)]
    public async Task ProtocolVersion_BelowTheMinimum_NeedsAnUpgrade(string version, int status)
    {
        var coordinator = shared.Coordinator;
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/about");
        request.Headers.Add("GridVolunteer-Protocol", version);
        Assert.Equal(status, (int)(await coordinator.Anonymous.SendAsync(request)).StatusCode);
    }
}
