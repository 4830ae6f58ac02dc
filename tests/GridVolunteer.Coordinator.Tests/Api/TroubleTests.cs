using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Protocol.Problems;
using Microsoft.Extensions.DependencyInjection;

namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>A storage that fails is said so, and nothing is acknowledged.</summary>
public sealed class TroubleTests
{
    [Fact]
    public async Task Exchange_WithAStorageThatFails_IsUnavailable_AndMayBeRepeatedLater()
    {
        await using var coordinator = await TestCoordinator.StartAsync();
        await TestJobs.SubmitAsync(coordinator);
        using var agent = await TestAgent.IntroduceAsync(coordinator);
        var report = TestAgent.Report(await agent.GrantAsync());
        var backend = (EmbeddedBackend)coordinator.Service.Services.GetRequiredService<IGridBackend>();
        await backend.Storage.DisposeAsync();

        var response = await agent.PostAsync(agent.Request(reports: report));
        var problem = await TestCoordinator.ProblemAsync(response, 503);
        Assert.Equal(ProblemTypes.Unavailable, problem.Type);
        Assert.NotNull(response.Headers.RetryAfter?.Delta);

        var submission = TestJobs.Submission(await TestJobs.PackageAsync(coordinator));
        await TestCoordinator.ProblemAsync(await TestJobs.PostAsync(coordinator.Operator, submission), 503);
    }
}
