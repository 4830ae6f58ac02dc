using StackExchange.Redis;

namespace GridVolunteer.Cluster.Tests.Redis;

/// <summary>One redis-server for the tests of a class; each test uses a cluster id of its own.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private static int _clusters;
    private RedisServer? _server;
    private ConnectionMultiplexer? _connection;

    internal RedisServer Server => _server ?? throw new InvalidOperationException("The tests have not begun.");

    internal ConnectionMultiplexer Connection => _connection!;

    public static string NewCluster() => $"test{Interlocked.Increment(ref _clusters)}";

    public async Task InitializeAsync()
    {
        if (RedisServer.Missing is null)
        {
            _server = await RedisServer.StartAsync();
            _connection = await _server.ConnectAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _connection!.DisposeAsync();
            await _server.DisposeAsync();
        }
    }
}
