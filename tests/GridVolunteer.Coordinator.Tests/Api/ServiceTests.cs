using System.Net;
using System.Text.Json;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Protocol.Json;
using GridVolunteer.Protocol.Problems;

namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>Starting, stopping, and what the service says of itself.</summary>
public sealed class ServiceTests
{
    [Fact]
    public async Task Health_OfARunningService_IsGood()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await coordinator.Anonymous.GetAsync("/healthz")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await coordinator.Anonymous.GetAsync("/readyz")).StatusCode);
    }

    [Fact]
    public async Task About_SaysVersionAndLimits()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var about = await TestCoordinator.ReadAsync(
            await coordinator.Anonymous.GetAsync("/v1/about"), ProtocolJson.Default.AboutView);
        Assert.Equal(1, about.ProtocolVersion);
        Assert.Equal("open", about.Enrolment);
        Assert.Equal(8 << 20, about.Limits.RequestSizeBytesMax);
    }

    [Fact]
    public async Task OpenApi_DescribesEveryEndpointWithASummary()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        using var document = JsonDocument.Parse(
            await coordinator.Anonymous.GetStringAsync("/openapi/v1.json"));
        var paths = document.RootElement.GetProperty("paths").EnumerateObject().ToList();
        Assert.Contains(paths, p => p.Name == "/v1/agents/challenge");
        foreach (var operation in paths.SelectMany(p => p.Value.EnumerateObject()))
        {
            Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!);
        }
    }

    [Fact]
    public async Task Start_OnAPortInUse_SaysSo()
    {
        using var folder = new TemporaryFolder();
        await using var first = await TestCoordinator.StartAsync();
        var options = TestCoordinator.Options(folder) with { Urls = [first.Service.Url.ToString()] };
        var fault = await Assert.ThrowsAsync<CoordinatorStartException>(
            () => CoordinatorService.StartAsync(options, TimeProvider.System, CancellationToken.None));
        Assert.Contains("in use", fault.Message);
        Assert.Contains(first.Service.Url.Port.ToString(), fault.Message);
    }

    [Fact]
    public async Task Start_WithBadOptions_SaysEveryFault()
    {
        using var folder = new TemporaryFolder();
        var options = TestCoordinator.Options(folder) with
        {
            Urls = ["http://192.0.2.1:80", "ftp://localhost:1", "http://example.org:80"],
            HeartbeatLimit = TimeSpan.FromSeconds(1),
        };
        var fault = await Assert.ThrowsAsync<CoordinatorStartException>(
            () => CoordinatorService.StartAsync(options, TimeProvider.System, CancellationToken.None));
        Assert.Equal(4, fault.Faults.Count);
        Assert.Contains("--insecure-any-address", fault.Message);
    }

    [Fact]
    public async Task UnknownPath_IsAProblem()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var problem = await TestCoordinator.ProblemAsync(
            await coordinator.Anonymous.GetAsync("/v1/nothing"), 404);
        Assert.Equal(ProblemTypes.NotFound, problem.Type);
    }

    [Fact]
    public async Task WrongMethod_IsAProblemThatNamesTheRightOnes()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        var response = await coordinator.Anonymous.DeleteAsync("/v1/about");
        var problem = await TestCoordinator.ProblemAsync(response, 405);
        Assert.Equal(ProblemTypes.MethodNotAllowed, problem.Type);
        Assert.Contains("GET", problem.Detail);
    }
}
