namespace GridVolunteer.Cluster.Tests.Redis;

/// <summary>A fact that needs the program redis-server; skipped, with a word, where it is missing.</summary>
public sealed class FactWithRedisAttribute : FactAttribute
{
    public FactWithRedisAttribute() => Skip = RedisServer.Missing;
}
