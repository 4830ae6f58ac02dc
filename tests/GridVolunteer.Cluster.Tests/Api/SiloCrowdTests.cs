using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordinator.Tests.Api;

namespace GridVolunteer.Cluster.Tests.Api;

/// <summary>A crowd computes for two silos, with every request to the other one.</summary>
public sealed class SiloCrowdTests(SharedRedis shared) : CrowdSuite, IClassFixture<SharedRedis>
{
    private protected override Task<TestCoordinator> StartAsync() => TestSilos.StartAsync(shared.Server);
}
