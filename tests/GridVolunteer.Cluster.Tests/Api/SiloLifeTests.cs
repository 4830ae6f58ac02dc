using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordinator.Tests.Api;

namespace GridVolunteer.Cluster.Tests.Api;

/// <summary>A job lives on two silos, with every request to the other one.</summary>
public sealed class SiloLifeTests(SharedRedis shared) : LifeSuite, IClassFixture<SharedRedis>
{
    private protected override Task<TestCoordinator> StartAsync() => TestSilos.StartAsync(shared.Server);
}
