namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>A job lives on a coordinator alone.</summary>
public sealed class LifeTests : LifeSuite
{
    private protected override Task<TestCoordinator> StartAsync() => TestCoordinator.StartAsync();
}
