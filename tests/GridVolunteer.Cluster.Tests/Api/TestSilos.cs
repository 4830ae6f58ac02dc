using GridVolunteer.Cluster.Hosting;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Coordinator.Tests.Api;

namespace GridVolunteer.Cluster.Tests.Api;

/// <summary>Two whole silos in this process, each request to the other one than the last.</summary>
internal static class TestSilos
{
    public static async Task<TestCoordinator> StartAsync(RedisServer redis)
    {
        var folder = new TemporaryFolder();
        var cluster = SharedRedis.NewCluster();
        var silos = new List<CoordinatorService>();
        for (var i = 0; i < 2; i++)
        {
            var silo = new SiloOptions
            {
                Redis = redis.Address,
                ClusterId = cluster,
                SiloPort = RedisServer.FreePort(),
            };
            silos.Add(await CoordinatorService.StartAsync(
                TestCoordinator.Options(folder), TimeProvider.System, services => ClusterBackend.Open(services, silo),
                CancellationToken.None));
        }

        return new TestCoordinator(silos, folder);
    }
}
