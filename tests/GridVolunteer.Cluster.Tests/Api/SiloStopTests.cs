using GridVolunteer.Cluster.Hosting;
using GridVolunteer.Cluster.Tests.Redis;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Coordinator.Tests.Api;

namespace GridVolunteer.Cluster.Tests.Api;

/// <summary>A silo ends when it is asked to, whatever is wrong around it.</summary>
public sealed class SiloStopTests
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    [FactWithRedis]
    public async Task WithoutRedis_ASilo_EndsWithinItsLimit()
    {
        using var folder = new TemporaryFolder();
        await using var redis = await RedisServer.StartAsync();
        var options = new SiloOptions { Redis = redis.Address, SiloPort = RedisServer.FreePort() };
        var silo = await CoordinatorService.StartAsync(
            TestCoordinator.Options(folder) with { StopLimit = StopLimit }, TimeProvider.System,
            services => ClusterBackend.Open(services, options), CancellationToken.None);
        await redis.KillAsync();

        // Requests under way have the limit, and so has leaving the cluster.
        await silo.StopAsync().WaitAsync((2 * StopLimit) + TimeSpan.FromSeconds(16));
    }
}
