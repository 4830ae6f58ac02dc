namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>A crowd computes for a coordinator alone.</summary>
public sealed class CrowdTests : CrowdSuite
{
    private protected override Task<TestCoordinator> StartAsync() => TestCoordinator.StartAsync();
}
