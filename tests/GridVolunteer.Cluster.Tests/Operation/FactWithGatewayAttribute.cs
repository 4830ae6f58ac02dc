using GridVolunteer.Cluster.Tests.Redis;

namespace GridVolunteer.Cluster.Tests.Operation;

/// <summary>A fact that needs the program haproxy; skipped, with a word, where it is missing.</summary>
public sealed class FactWithGatewayAttribute : FactAttribute
{
    /// <summary>A fact that needs redis-server too when <paramref name="redis"/> is set.</summary>
    public FactWithGatewayAttribute(bool redis = false) =>
        Skip = GatewayProcess.Missing ?? (redis ? RedisServer.Missing : null);
}
