using System.Globalization;
using GridVolunteer.Coordination.Contracts;
using GridVolunteer.Coordinator.Security;
using StackExchange.Redis;

namespace GridVolunteer.Cluster.Storage;

/// <summary>
/// Answered challenges in Redis, so that one is good once in the whole cluster: a key each, which expires with the
/// challenge. Every one costs its sender a signature, so what may lie here at a time is what silos can verify in
/// a minute, 100 bytes each.
/// </summary>
internal sealed class RedisChallenges(IDatabase redis, string clusterId, TimeProvider clock) : IAnsweredChallenges
{
    private static readonly TimeSpan ShortestKept = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async ValueTask<SpendOutcome> SpendAsync(UInt128 challenge, DateTimeOffset expiry)
    {
        // Redis' clock may run ahead of this one's: kept a moment longer than the challenge is good.
        var left = expiry - clock.GetUtcNow();
        var key = string.Create(CultureInfo.InvariantCulture, $"gridvolunteer:{clusterId}:answered:{challenge:x32}");
        try
        {
            return await redis.StringSetAsync(
                key, RedisValue.EmptyString, (left > TimeSpan.Zero ? left : TimeSpan.Zero) + ShortestKept, When.NotExists)
                ? SpendOutcome.Spent
                : SpendOutcome.Replayed;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            throw new StorageUnavailableException(RedisTrouble.Describe(e), e);
        }
    }
}
