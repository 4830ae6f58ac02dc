using System.Globalization;
using System.Net;
using GridVolunteer.Coordinator.Hosting;
using StackExchange.Redis;

namespace GridVolunteer.Cluster.Storage;

/// <summary>What a Redis promises about what it was given, by its configuration.</summary>
/// <param name="IsStrict">True when every answer is given after a sync.</param>
/// <param name="Text">The promise, for people.</param>
internal sealed record RedisDurability(bool IsStrict, string Text)
{
    private static readonly RedisDurability Always = new(
        true, "appendfsync always. What is acknowledged is on its disk, and survives a crash of the machine.");

    private static readonly RedisDurability EverySecond = new(
        false,
        "appendfsync everysec. A crash of Redis alone loses nothing; a crash of its machine may lose the last two "
        + "seconds of what was acknowledged. Set appendfsync always to promise that nothing is lost.");

    /// <summary>Asks every primary server how it keeps what it is given, and answers the weakest.</summary>
    /// <exception cref="CoordinatorStartException">One does not keep it at all, or may drop it, or none can be asked;
    /// the message says what to set.</exception>
    public static async Task<RedisDurability> CheckAsync(IConnectionMultiplexer redis)
    {
        RedisDurability? weakest = null;
        foreach (var server in redis.GetServers().Where(s => s.IsConnected && !s.IsReplica))
        {
            var promise = await CheckAsync(server);
            weakest = weakest is { IsStrict: false } ? weakest : promise;
        }

        return weakest ?? throw new CoordinatorStartException(
            "No Redis that can be written answers, so none says how it keeps what it is given. Start the silo again when "
            + "it does.");
    }

    private static async Task<RedisDurability> CheckAsync(IServer server)
    {
        var append = await AskAsync(server, "appendonly");
        var sync = await AskAsync(server, "appendfsync");
        var pauses = await AskAsync(server, "no-appendfsync-on-rewrite");
        var memory = await AskAsync(server, "maxmemory");
        var policy = await AskAsync(server, "maxmemory-policy");
        if (append != "yes")
        {
            throw Refused(
                server.EndPoint, $"it keeps nothing over a restart (appendonly {append}). Set 'appendonly yes' and "
                + "'appendfsync always' (or 'everysec', which may lose two seconds) and start the silo again.");
        }

        if (long.TryParse(memory, CultureInfo.InvariantCulture, out var bytes) && bytes > 0 && policy != "noeviction")
        {
            throw Refused(
                server.EndPoint, $"it throws keys away when its memory is full (maxmemory-policy {policy}). Set "
                + "'maxmemory-policy noeviction' and start the silo again.");
        }

        if (pauses != "no")
        {
            throw Refused(
                server.EndPoint, $"it does not sync while it rewrites its file (no-appendfsync-on-rewrite {pauses}). Set "
                + "'no-appendfsync-on-rewrite no' and start the silo again.");
        }

        return sync switch
        {
            "always" => Always,
            "everysec" => EverySecond,
            _ => throw Refused(
                server.EndPoint, $"it leaves to the system when its file is written (appendfsync {sync}). Set "
                + "'appendfsync always' (or 'everysec', which may lose two seconds) and start the silo again."),
        };
    }

    private static async Task<string> AskAsync(IServer server, string setting)
    {
        try
        {
            var answer = await server.ConfigGetAsync(setting);
            return answer.Length == 1 ? answer[0].Value : "unknown";
        }
        catch (RedisServerException e)
        {
            throw Refused(
                server.EndPoint, $"it does not say how it keeps what it is given ({e.Message}). Allow this user "
                + "'CONFIG GET', so that promises are not made blindly.");
        }
    }

    private static CoordinatorStartException Refused(EndPoint? server, string why) =>
        new($"Redis at {server} cannot keep the journal: {why}");
}
